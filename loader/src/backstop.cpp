// SPDX-License-Identifier: Apache-2.0
#include "backstop.hpp"

#include <algorithm>

#include "clock.hpp"
#include "completion.hpp"
#include "instance.hpp"
#include "instance_list.hpp"

namespace messenger::loader {
namespace {

// How soon to look again at an op that was being completed while its send hung.
constexpr std::int64_t second_look_ns = 10'000'000;

// True when the caller's answer is on its way, from here or from the plugin.
bool answer_expired(Instance& instance, Slot& slot, std::uint64_t ticket) noexcept {
  if (answer_for_plugin(instance, slot, ticket, InPlace::deadline)) return true;
  const std::uint64_t word = slot.word.load(std::memory_order_acquire);
  return slot.ticket_of(word) != ticket || (word & in_use::open) == 0;
}

// Answers what is due; gives when to look at this slot again.
std::int64_t sweep(Instance& instance, Slot& slot, std::int64_t now, std::int64_t never) noexcept {
  const std::uint64_t word = slot.word.load(std::memory_order_seq_cst);
  if ((word & in_use::open) == 0) return never;
  const std::int64_t answer_by = slot.answer_by.load(std::memory_order_relaxed);
  if (answer_by > now) return answer_by;
  return answer_expired(instance, slot, slot.ticket_of(word)) ? never : now + second_look_ns;
}

std::int64_t sweep(Instance& instance, std::int64_t now, std::int64_t never) noexcept {
  std::int64_t earliest = never;
  if (!instance.try_pin()) return earliest;  // its end has begun, so nothing is open
  instance.slots.for_each([&](Slot& slot) { earliest = std::min(earliest, sweep(instance, slot, now, never)); });
  instance.unpin(1);
  return earliest;
}

}  // namespace

bool Backstop::lower_wake(std::int64_t time) noexcept {
  std::int64_t wake = wake_.load(std::memory_order_seq_cst);
  while (time < wake) {
    if (wake_.compare_exchange_weak(wake, time, std::memory_order_seq_cst)) return true;
  }
  return false;
}

void Backstop::lower(std::int64_t answer_by) noexcept {
  if (!lower_wake(answer_by)) return;
  { const std::lock_guard lock(mutex_); }  // the thread is either asleep or has yet to read the new time
  changed_.notify_one();
}

void Backstop::sleep(std::unique_lock<std::mutex>& lock, std::int64_t until) {
  if (until == never) {
    changed_.wait(lock);
  } else {
    changed_.wait_until(lock, from_ns(until));
  }
}

void Backstop::run(const InstanceList& instances) {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const std::int64_t wake = wake_.load(std::memory_order_seq_cst);
    const std::int64_t now = now_ns();
    if (now < wake) {
      sleep(lock, wake);
      continue;
    }
    lock.unlock();
    // Reset before the sweep: a send that the sweep has passed lowers it again by itself.
    wake_.store(never, std::memory_order_seq_cst);
    std::int64_t earliest = never;
    for (const auto& instance : instances.snapshot()) earliest = std::min(earliest, sweep(*instance, now, never));
    lower_wake(earliest);
    lock.lock();
  }
}

void Backstop::stop() noexcept {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
}

}  // namespace messenger::loader
