// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <messenger/loader/message.hpp>
#include <thread>
#include <vector>

namespace messenger::test {

/// Counts the completions of each of many sends by itself, so that "twice" and "never" do not cancel out.
class Ledger {
 public:
  explicit Ledger(std::size_t sends) : answers_(sends) {}

  loader::Completion completion(std::size_t send) {
    return [this, send](const loader::Result& result) {
      ++answers_.at(send);
      ++outcomes_.at(static_cast<std::size_t>(result.outcome));
      ++answered_;
    };
  }

  /// Whether every send has been answered exactly once, after at most `patience`.
  bool is_balanced(std::chrono::milliseconds patience = std::chrono::seconds(20)) const {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (answered_ < answers_.size() && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return std::all_of(answers_.begin(), answers_.end(), [](const auto& count) { return count == 1; });
  }

  std::size_t answered() const { return answered_; }
  std::size_t ended_as(loader::Outcome outcome) const { return outcomes_.at(static_cast<std::size_t>(outcome)); }

 private:
  std::vector<std::atomic<int>> answers_;
  std::array<std::atomic<std::size_t>, 7> outcomes_{};
  std::atomic<std::size_t> answered_{0};
};

}  // namespace messenger::test
