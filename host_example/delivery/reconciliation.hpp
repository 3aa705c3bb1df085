// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "delivery/attempt.hpp"
#include "delivery/work_queue.hpp"

namespace messenger::host {

/// Looks for messages whose send ended UNKNOWN: asks their messengers to `reconcile` after each of some delays, until
/// the message is found or no delay is left. Not found is not known: nothing is ever sent again because of it. Holds
/// the message in memory meanwhile, and forgets it when the host ends.
class Reconciliation {
 public:
  /// What is to be kept of a message that was found: the result is OK, with the provider's id; the evidence is JSON.
  using Found = std::function<void(const Attempt& attempt, const loader::Result& result, const std::string& evidence)>;

  /// `found` is called on the queue. All given outlive this.
  Reconciliation(loader::Registry& registry, WorkQueue& queue, const Log& log,
                 std::vector<std::chrono::milliseconds> delays, Found found)
      : registry_(registry), queue_(queue), log_(log), delays_(std::move(delays)), found_(std::move(found)) {}

  /// On the queue.
  void start(std::shared_ptr<const Attempt> attempt) { wait(std::move(attempt), 0); }

 private:
  void wait(std::shared_ptr<const Attempt> attempt, std::size_t round);
  void look(const std::shared_ptr<const Attempt>& attempt, std::size_t round);
  void judge(const std::shared_ptr<const Attempt>& attempt, std::size_t round, const loader::Result& result,
             const std::string& evidence) noexcept;

  loader::Registry& registry_;
  WorkQueue& queue_;
  const Log& log_;
  const std::vector<std::chrono::milliseconds> delays_;
  const Found found_;
};

}  // namespace messenger::host
