// SPDX-License-Identifier: Apache-2.0
#include "reaper.hpp"

#include <algorithm>
#include <vector>

#include "core.hpp"
#include "instance.hpp"
#include "parked.hpp"
#include "plugin_calls.hpp"

namespace messenger::loader {
namespace {

using namespace std::chrono_literals;

constexpr Clock::duration longest_stop = 5s;

// How long a cancelled op may take to end.
Clock::duration grace(std::chrono::milliseconds drain_timeout) {
  return std::clamp(drain_timeout / 4, 20ms, 2000ms);
}

}  // namespace

void Reaper::hasten(Entry& entry) const noexcept {
  entry.cancel_at = std::min(entry.cancel_at, last_cancel_);
  entry.park_at = std::min(entry.park_at, last_park_);
}

void Reaper::retire(std::shared_ptr<Instance> instance) {
  instance->pins.close();
  std::unique_lock lock(mutex_);
  if (stopping_) {  // configured while the registry was shut down
    lock.unlock();
    park(instance, "parked for ever: the registry has been shut down");
    return;
  }
  const Clock::time_point cancel_at = Clock::now() + drain_timeout_;
  const bool configured = instance->plugin != nullptr;
  waiting_.push_back({.instance = std::move(instance),
                      .cancel_at = cancel_at,
                      .park_at = cancel_at + grace(drain_timeout_),
                      .configured = configured});
  hasten(waiting_.back());
  woken_ = true;
  changed_.notify_one();
}

void Reaper::wake() noexcept {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  changed_.notify_one();
}

void Reaper::hurry(Clock::time_point deadline) {
  const std::lock_guard lock(mutex_);
  const Clock::time_point now = Clock::now();
  const Clock::duration time = std::max(deadline - now, Clock::duration::zero());
  last_cancel_ = now + time / 2;
  last_park_ = now + time / 4 * 3;
  last_stop_ = now + time / 8 * 7;
  for (Entry& entry : waiting_) hasten(entry);  // busy_ is hastened when it is put back
  woken_ = true;
  changed_.notify_one();
}

bool Reaper::wait_idle(Clock::time_point deadline) {
  std::unique_lock lock(mutex_);
  return idle_.wait_until(lock, deadline, [this] { return waiting_.empty() && busy_.empty(); });
}

Clock::time_point Reaper::stop_deadline() const {
  const std::lock_guard lock(mutex_);
  return std::min(Clock::now() + longest_stop, last_stop_);
}

bool Reaper::is_stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

std::size_t Reaper::ended() const {
  const std::lock_guard lock(mutex_);
  return ended_;
}

Clock::time_point Reaper::next_time(const Entry& entry) noexcept {
  switch (entry.phase) {
    case Phase::draining:
      return entry.cancel_at;
    case Phase::cancelled:
      return entry.park_at;
    case Phase::destroyed:
      return Clock::time_point::max();
    case Phase::stopping:
    case Phase::destroying:
    case Phase::parking:
    case Phase::gone:
      break;
  }
  return Clock::time_point::min();
}

bool Reaper::is_due(const Entry& entry, Clock::time_point now) noexcept {
  return entry.instance->pins.is_idle() || next_time(entry) <= now;
}

void Reaper::cancel_open(Instance& instance) {
  instance.slots.for_each([&](Slot& slot) {
    const std::uint64_t word = slot.word.load(std::memory_order_acquire);
    if ((word & in_use::live) != 0 && !is_stopping()) call_cancel(instance, slot.ticket_of(word));
  });
}

Reaper::Phase Reaper::drain(Entry& entry) {
  Instance& instance = *entry.instance;
  if (instance.pins.try_bury()) {
    instance.core().instances.remove(entry.instance);
    return entry.configured ? Phase::stopping : Phase::destroyed;
  }
  const Clock::time_point now = Clock::now();
  if (now >= entry.park_at) {
    entry.why = "parked for ever: it did not end its sends when they were cancelled";
    return Phase::parking;
  }
  if (entry.phase == Phase::cancelled || now < entry.cancel_at) return entry.phase;
  cancel_open(instance);
  return Phase::cancelled;
}

// A service's call may still be on its way out of the plugin when destroy has returned.
Reaper::Phase Reaper::finish(Entry& entry) {
  if (!entry.instance->pins.is_idle()) return Phase::destroyed;
  entry.instance->slots.free_all();
  bury(entry.instance);
  return Phase::gone;
}

Reaper::Phase Reaper::act(Entry& entry) {
  switch (entry.phase) {
    case Phase::draining:
    case Phase::cancelled:
      return drain(entry);
    case Phase::stopping:
      entry.why = "parked for ever: its stop failed";
      return call_stop(*entry.instance, stop_deadline()) ? Phase::destroying : Phase::parking;
    case Phase::destroying:
      entry.why = "parked for ever: its destroy failed";
      return call_destroy(*entry.instance) ? Phase::destroyed : Phase::parking;
    case Phase::destroyed:
      return finish(entry);
    case Phase::parking:
      park(entry.instance, entry.why);
      return Phase::gone;
    case Phase::gone:
      break;
  }
  return Phase::gone;
}

// Takes the result of an act, with the lock held again.
void Reaper::settle(Phase phase) {
  Entry& entry = busy_.front();
  const bool in_good_order = entry.phase == Phase::destroyed;
  // With many ops the cancelling itself takes time: the grace counts from here.
  if (phase == Phase::cancelled && entry.phase == Phase::draining) entry.park_at = Clock::now() + grace(drain_timeout_);
  entry.phase = phase;
  hasten(entry);
  if (phase != Phase::gone) {
    waiting_.splice(waiting_.end(), busy_);
    return;
  }
  if (in_good_order && entry.configured) ++ended_;
  busy_.clear();
  if (waiting_.empty()) idle_.notify_all();
}

void Reaper::sleep(std::unique_lock<std::mutex>& lock) {
  Clock::time_point until = Clock::time_point::max();
  for (const Entry& entry : waiting_) until = std::min(until, next_time(entry));
  const auto ready = [this] { return woken_ || stopping_; };
  if (until == Clock::time_point::max()) {
    changed_.wait(lock, ready);
  } else {
    changed_.wait_until(lock, until, ready);
  }
  woken_ = false;
}

void Reaper::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const Clock::time_point now = Clock::now();
    const auto due = std::find_if(waiting_.begin(), waiting_.end(), [&](const Entry& e) { return is_due(e, now); });
    if (due == waiting_.end()) {
      sleep(lock);
      continue;
    }
    busy_.splice(busy_.end(), waiting_, due);
    lock.unlock();
    const Phase phase = act(busy_.front());
    lock.lock();
    if (!stopping_) settle(phase);
  }
}

void Reaper::stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
}

void Reaper::park_rest() {
  std::vector<std::shared_ptr<Instance>> rest;
  {
    const std::lock_guard lock(mutex_);
    for (const Entry& entry : waiting_) rest.push_back(entry.instance);
    for (const Entry& entry : busy_) rest.push_back(entry.instance);
    waiting_.clear();  // busy_ stays: a run() that a plugin holds still refers to its entry
  }
  for (const auto& instance : rest) park(instance, "parked for ever: the shutdown's time was over");
}

}  // namespace messenger::loader
