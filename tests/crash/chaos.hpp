// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <thread>

#include "fleet.hpp"
#include "plan.hpp"

namespace messenger::crash {

/// Does harm, on a thread of its own: kills hosts and starts them again, stops one past its leases, restarts the
/// database, and has the provider fail in every way it can.
class Chaos {
 public:
  /// `fault` takes a rule of the provider simulator's; `restart_database` may be empty. All outlive this.
  Chaos(const Plan& plan, Fleet& fleet, std::function<void(const std::string& rule)> fault,
        std::function<void()> restart_database);
  Chaos(const Chaos&) = delete;
  Chaos& operator=(const Chaos&) = delete;
  ~Chaos();

  /// Ends it; every host runs afterwards. Throws what went wrong.
  void finish();
  /// How often each kind of harm was done.
  const std::map<std::string, int>& done() const { return done_; }

 private:
  void run();
  void harm();
  void harm_provider();

  const Plan plan_;
  Fleet& fleet_;
  const std::function<void(const std::string& rule)> fault_;
  const std::function<void()> restart_database_;
  Dice dice_;
  std::map<std::string, int> done_;
  std::exception_ptr failure_;
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

}  // namespace messenger::crash
