// SPDX-License-Identifier: Apache-2.0
// The ways into a send.
#include <messenger/loader/registry.hpp>
#include <utility>

#include "instance.hpp"
#include "plugin_calls.hpp"
#include "registry_impl.hpp"
#include "sending.hpp"
#include "waiter.hpp"

namespace messenger::loader {
namespace {

bool is_live(Slot* slot, std::uint64_t ticket) noexcept {
  if (slot == nullptr) return false;
  const std::uint64_t word = slot->word.load(std::memory_order_acquire);
  return slot->ticket_of(word) == ticket && (word & in_use::live) != 0;
}

}  // namespace

std::uint64_t Registry::Impl::refuse_unknown(std::string_view id, Completion&& done) {
  bool is_closed = false;
  {
    const std::shared_lock lock(mutex);
    is_closed = closed;
  }
  const std::string detail = is_closed ? "shutting down" : "there is no messenger \"" + std::string(id) + "\"";
  refuse_send(core, Outcome::config, detail, std::move(done));
  return 0;
}

std::uint64_t Registry::send(std::string_view id, const Message& message, const SendOptions& options, Completion done) {
  Instance* const instance = impl_->find_pinned(id, send_pins);
  if (instance == nullptr) return impl_->refuse_unknown(id, std::move(done));
  return start_send(*instance, message, options, std::move(done));
}

Result Registry::send(std::string_view id, const Message& message, const SendOptions& options) {
  return wait_for([&](Completion done) { send(id, message, options, std::move(done)); });
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
