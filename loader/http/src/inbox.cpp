// SPDX-License-Identifier: Apache-2.0
#include "inbox.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace messenger::http {

Inbox::Inbox() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (descriptor_ < 0) {
    throw std::system_error(errno, std::system_category(), "HTTP service");
  }
  commands_.reserve(kept);
}

Inbox::~Inbox() {
  ::close(descriptor_);
}

bool Inbox::post(Command command) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    if (ended_) {
      return false;
    }
    commands_.push_back(std::move(command));
    wake = std::exchange(asleep_, false);
  }
  if (wake) {
    eventfd_write(descriptor_, 1);
  }
  return true;
}

void Inbox::stop() noexcept {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  eventfd_write(descriptor_, 1);
}

bool Inbox::take(std::vector<Command>& commands) {
  const std::lock_guard lock(mutex_);
  commands.swap(commands_);
  return stopping_;
}

bool Inbox::fall_asleep() {
  const std::lock_guard lock(mutex_);
  asleep_ = commands_.empty() && !stopping_;
  return asleep_;
}

void Inbox::wake_up() {
  const std::lock_guard lock(mutex_);
  asleep_ = false;
}

bool Inbox::try_to_end() {
  const std::lock_guard lock(mutex_);
  ended_ = commands_.empty();
  return ended_;
}

void Inbox::clear_descriptor() const noexcept {
  eventfd_t value = 0;
  eventfd_read(descriptor_, &value);
}

}  // namespace messenger::http
