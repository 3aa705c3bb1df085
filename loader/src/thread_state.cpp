// SPDX-License-Identifier: Apache-2.0
#include "thread_state.hpp"

#include <utility>

#include "clock.hpp"
#include "core.hpp"
#include "instance.hpp"

namespace messenger::loader {
namespace {

void note(const Delivery& delivery, Event event, std::string_view text) noexcept {
  if (delivery.instance != nullptr) {
    delivery.instance->note(event, LogLevel::error, text);
  } else {
    delivery.core->counters.add(event);
    delivery.core->log.write(LogLevel::error, "registry", text);
  }
}

void call(Delivery& delivery) noexcept {
  if (!delivery.completion) return;
  const std::int64_t start = now_ns();
  try {
    delivery.completion(delivery.result);
  } catch (...) {
    note(delivery, Event::completion_exception, "a completion of the host threw an exception");
  }
  const std::int64_t took = now_ns() - start;
  ThreadState::current().service_calls.exclude(took);
  if (took >= slow_call_ns) note(delivery, Event::slow_completion, "a completion of the host took 5 ms or more");
}

}  // namespace

ThreadState& ThreadState::current() noexcept {
  thread_local ThreadState state;
  return state;
}

ThreadState::~ThreadState() {
  while (pool_ != nullptr) delete std::exchange(pool_, pool_->next);
}

Delivery& ThreadState::take() {
  if (pool_ == nullptr) return *new Delivery;
  --pool_size_;
  Delivery& delivery = *std::exchange(pool_, pool_->next);
  delivery.next = nullptr;
  return delivery;
}

void ThreadState::recycle(Delivery& delivery) noexcept {
  // What the completion owns may hold the instance's caller, so it goes before the pins do.
  delivery.completion = nullptr;
  delivery.core = nullptr;
  if (Instance* const instance = std::exchange(delivery.instance, nullptr)) instance->unpin(delivery.pins);
  if (pool_size_ == pool_limit) {
    delete &delivery;
    return;
  }
  ++pool_size_;
  delivery.next = std::exchange(pool_, &delivery);
}

void ThreadState::post(Delivery& delivery) noexcept {
  (last_ == nullptr ? first_ : last_->next) = &delivery;
  last_ = &delivery;
  if (!delivering_ && plugin_depth_ == 0) run();
}

void ThreadState::run() noexcept {
  delivering_ = true;
  while (first_ != nullptr) {
    Delivery& delivery = *std::exchange(first_, first_->next);
    if (first_ == nullptr) last_ = nullptr;
    call(delivery);
    recycle(delivery);
  }
  delivering_ = false;
}

void ThreadState::leave_plugin() noexcept {
  if (--plugin_depth_ == 0 && !delivering_) run();
}

}  // namespace messenger::loader
