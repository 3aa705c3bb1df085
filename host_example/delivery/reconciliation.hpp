// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "delivery/attempt.hpp"
#include "delivery/open_count.hpp"
#include "delivery/work_queue.hpp"

namespace messenger::host {

/// Looks for messages whose send ended UNKNOWN: asks their messengers to `reconcile` after each of some delays, until
/// the message is found, looking is refused or no delay is left. Not found is not known: nothing is ever sent again
/// because of it. Holds the message in memory meanwhile, and forgets it when the host ends.
class Reconciliation {
 public:
  /// Keeps a message that was found: the result is OK, with the provider's id; the evidence is JSON. False when what
  /// was found is another of our messages.
  using Found = std::function<bool(const Attempt& attempt, const loader::Result& result, const std::string& evidence)>;

  /// `found` is called on the queue; `open` counts what is being looked for right now. All given outlive this.
  Reconciliation(loader::Registry& registry, WorkQueue& queue, OpenCount& open, const Log& log,
                 std::vector<std::chrono::milliseconds> delays, Found found)
      : registry_(registry),
        queue_(queue),
        open_(open),
        log_(log),
        delays_(std::move(delays)),
        found_(std::move(found)) {}

  /// On the queue.
  void start(std::shared_ptr<const Attempt> attempt) { wait({std::move(attempt)}); }

 private:
  struct Doubt {
    std::shared_ptr<const Attempt> attempt;
    std::size_t round = 0;
    bool looked = false;  // at the provider's messages, once at least
  };

  void wait(Doubt doubt);
  void look(const Doubt& doubt) noexcept;
  void start_look(const Doubt& doubt);
  void judge(Doubt doubt, const loader::Result& result, const std::string& evidence) noexcept;
  void give_up(const Doubt& doubt);
  void tell_failed(const Doubt& doubt, const std::exception& error) noexcept;

  loader::Registry& registry_;
  WorkQueue& queue_;
  OpenCount& open_;
  const Log& log_;
  const std::vector<std::chrono::milliseconds> delays_;
  const Found found_;
};

}  // namespace messenger::host
