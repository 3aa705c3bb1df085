// SPDX-License-Identifier: Apache-2.0
#include "delivery/slots.hpp"

namespace messenger::host {

namespace {

std::size_t room_of(std::size_t all, std::size_t used, Priority priority) noexcept {
  const std::size_t open = priority == Priority::code ? all : all - all / 4;
  return used < open ? open - used : 0;
}

}  // namespace

void Slots::set(std::size_t total, std::size_t per_messenger) noexcept {
  total_ = total;
  per_messenger_ = per_messenger;
}

void Slots::take(const std::string& messenger_id) {
  ++by_messenger_[messenger_id];
  ++used_;
}

void Slots::give_back(const std::string& messenger_id) noexcept {
  const auto found = by_messenger_.find(messenger_id);
  if (found == by_messenger_.end()) {
    return;
  }
  --used_;
  if (--found->second == 0) {
    by_messenger_.erase(found);
  }
}

std::size_t Slots::used(const std::string& messenger_id) const noexcept {
  const auto found = by_messenger_.find(messenger_id);
  return found == by_messenger_.end() ? 0 : found->second;
}

std::size_t Slots::room(Priority priority) const noexcept {
  return room_of(total_, used_, priority);
}

std::size_t Slots::room(const std::string& messenger_id, Priority priority) const noexcept {
  return room_of(per_messenger_, used(messenger_id), priority);
}

}  // namespace messenger::host
