// SPDX-License-Identifier: Apache-2.0
#include "delivery/waiters.hpp"

namespace messenger::host {

void Waiters::tell(const std::string& message_id, const Settled& settled) {
  while (auto waiter = waiters_.extract(message_id)) {
    try {
      waiter.mapped().done(settled);
    } catch (const std::exception& error) {
      log_.error("Who waited for a message could not be told: " + std::string(error.what()),
                 {{"messageId", message_id}});
    }
  }
}

std::int64_t Waiters::next() const {
  std::int64_t next = std::numeric_limits<std::int64_t>::max();
  for (const auto& [id, waiter] : waiters_) {
    next = std::min({next, waiter.until, waiter.ask_at});
  }
  return next;
}

std::vector<std::pair<std::string, bool>> Waiters::due(std::int64_t now, std::int64_t again) {
  std::vector<std::pair<std::string, bool>> due;
  for (auto& [id, waiter] : waiters_) {
    if (waiter.until <= now || waiter.ask_at <= now) {
      waiter.ask_at = now + again;
      due.emplace_back(id, waiter.until <= now);
    }
  }
  return due;
}

std::vector<std::string> Waiters::all() const {
  std::vector<std::string> ids;
  for (const auto& [id, waiter] : waiters_) {
    ids.push_back(id);
  }
  return ids;
}

}  // namespace messenger::host
