// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/json/object.hpp>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "fleet.hpp"
#include "plan.hpp"

namespace messenger::crash {

/// Hands in messages, each until a host has accepted it: again and elsewhere when no answer comes, under the same
/// idempotency key. The text of message N is text_of(N).
class Load {
 public:
  struct Routes {
    std::string messenger_id, message_type_id;
  };

  Load(const Plan& plan, const Fleet& fleet, Routes routes);
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  ~Load();

  static std::string text_of(std::size_t number) { return "crash " + std::to_string(number); }

  /// Whether all are accepted, or it cannot go on.
  bool is_over() const { return ending_ || accepted_ == plan_.messages; }
  /// Waits until all are accepted. Gives the id of each message, in order of their numbers.
  std::vector<std::string> finish();
  /// Answers that accepted a message again, under the id that it had.
  std::size_t repeated() const { return repeated_; }

 private:
  void run(std::size_t part);
  bool hand_in(std::size_t host, const std::vector<std::size_t>& numbers);
  boost::json::object message(std::size_t number) const;
  void keep(const std::vector<std::size_t>& numbers, const boost::json::object& answer);

  static constexpr std::size_t parts = 4;

  const Plan plan_;
  const Fleet& fleet_;
  const Routes routes_;
  std::mutex mutex_;
  std::vector<std::string> ids_;     // guarded by mutex_
  std::vector<std::string> wrongs_;  // guarded by mutex_: answers that must not be
  std::atomic<std::size_t> accepted_{0}, repeated_{0};
  std::atomic<bool> ending_{false};
  std::vector<std::thread> threads_;
};

}  // namespace messenger::crash
