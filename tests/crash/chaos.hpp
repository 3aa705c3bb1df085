// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>

#include "fleet.hpp"
#include "plan.hpp"

namespace messenger::crash {

/// Does harm: kills hosts and starts them again, stops one past its leases, restarts the
/// database, and has the provider fail in every way it can. Programs end with the thread that started them, so it is to
/// be the main thread's.
class Chaos {
 public:
  /// `fault` takes a rule of the provider simulator's; `restart_database` may be empty. All outlive this.
  Chaos(const Plan& plan, Fleet& fleet, std::function<void(const std::string& rule)> fault,
        std::function<void()> restart_database);

  /// One harm after the other, until it is enough. Every host runs afterwards. Throws when one does not start again.
  void run_until(const std::function<bool()>& enough);
  /// How often each kind of harm was done.
  const std::map<std::string, int>& done() const { return done_; }

 private:
  void harm();
  void harm_provider();

  Fleet& fleet_;
  const std::function<void(const std::string& rule)> fault_;
  const std::function<void()> restart_database_;
  Dice dice_;
  std::map<std::string, int> done_;
};

}  // namespace messenger::crash
