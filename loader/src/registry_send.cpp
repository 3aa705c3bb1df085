// SPDX-License-Identifier: Apache-2.0
// The ways into a send.
#include <condition_variable>
#include <messenger/loader/registry.hpp>
#include <mutex>
#include <utility>

#include "instance.hpp"
#include "plugin_calls.hpp"
#include "registry_impl.hpp"
#include "sending.hpp"
#include "thread_state.hpp"

namespace messenger::loader {
namespace {

// Lives on the stack of the thread that waits.
struct Waiter {
  std::mutex mutex;
  std::condition_variable answered;
  std::optional<Result> result;

  void answer(const Result& given) {
    const std::lock_guard lock(mutex);
    result = given;
    answered.notify_one();  // under the lock: the waiter may be gone right after
  }
  Result wait() {
    std::unique_lock lock(mutex);
    answered.wait(lock, [this] { return result.has_value(); });
    return std::move(*result);
  }
};

bool is_live(Slot* slot, std::uint64_t ticket) noexcept {
  if (slot == nullptr) return false;
  const std::uint64_t word = slot->word.load(std::memory_order_acquire);
  return slot->ticket_of(word) == ticket && (word & in_use::live) != 0;
}

}  // namespace

std::uint64_t Registry::send(std::string_view id, const Message& message, const SendOptions& options, Completion done) {
  Instance* const instance = impl_->find_pinned(id, send_pins);
  if (instance != nullptr) return start_send(*instance, message, options, std::move(done));
  bool closed = false;
  {
    const std::shared_lock lock(impl_->mutex);
    closed = impl_->closed;
  }
  const std::string detail = closed ? "shutting down" : "there is no messenger \"" + std::string(id) + "\"";
  refuse_send(impl_->core, Outcome::config, detail, std::move(done));
  return 0;
}

Result Registry::send(std::string_view id, const Message& message, const SendOptions& options) {
  if (ThreadState::current().is_inside()) {
    throw Error(Error::Kind::would_block,
                "a blocking send inside a completion or a call into a plugin would never return");
  }
  Waiter waiter;
  send(id, message, options, [&waiter](const Result& result) { waiter.answer(result); });
  return waiter.wait();
}

bool Registry::cancel(std::uint64_t ticket) {
  for (const auto& instance : impl_->core->instances.snapshot()) {
    if (!instance->try_pin()) continue;
    const bool found = is_live(instance->slots.find(ticket), ticket);
    const bool told = found && call_cancel(*instance, ticket);
    instance->unpin(1);
    if (found) return told;
  }
  return false;
}

}  // namespace messenger::loader
