// SPDX-License-Identifier: Apache-2.0
#include "sending.hpp"

#include <algorithm>
#include <atomic>
#include <new>
#include <utility>

#include "clock.hpp"
#include "completion.hpp"
#include "core.hpp"
#include "instance.hpp"
#include "plugin_calls.hpp"
#include "result_copy.hpp"
#include "thread_state.hpp"
#include "utf8.hpp"

namespace messenger::loader {
namespace {

// Of the process and not of a registry: a plugin may serve several.
std::atomic<std::uint64_t> last_sequence{0};

constexpr std::chrono::milliseconds longest_timeout = std::chrono::hours(24 * 365);
constexpr std::int64_t largest_head_start_ns = 50'000'000;

// The plugin's answer is more precise than the loader's UNKNOWN, so it is told a slightly earlier deadline.
bool set_times(OpTimes& times, const Message& message, const SendOptions& options, std::int64_t now) {
  const auto timeout = std::clamp(options.timeout, std::chrono::milliseconds(0), longest_timeout);
  times.answer_by = now + std::chrono::nanoseconds(timeout).count();
  if (message.expires) {
    times.expires = std::max<std::int64_t>(to_ns(*message.expires), 1);  // 0 would read as "never"
    times.answer_by = std::min(times.answer_by, times.expires);
  }
  const std::int64_t remaining = times.answer_by - now;
  times.deadline = times.answer_by - std::min(remaining / 4, largest_head_start_ns);
  return remaining > 0;
}

// The name of the first text that is not UTF-8, or empty.
std::string invalid_text(const Message& message, const SendOptions& options) {
  const std::pair<const char*, std::string_view> texts[] = {{"to", message.to},
                                                            {"from", message.from},
                                                            {"body", message.body},
                                                            {"kind", message.kind},
                                                            {"locale", message.locale},
                                                            {"idempotency key", options.idempotency_key},
                                                            {"traceparent", options.traceparent}};
  for (const auto& [name, text] : texts) {
    if (!is_utf8(text)) return name;
  }
  for (std::size_t i = 0; i != message.attributes.size(); ++i) {
    const Attribute& attribute = message.attributes[i];
    if (!is_utf8(attribute.name) || !is_utf8(attribute.value)) return "attribute " + std::to_string(i);
  }
  return {};
}

// A slot that holds the message under a new ticket, not yet published; null when there is no room.
Slot* fill_slot(Instance& instance, const Message& message, const SendOptions& options, const OpTimes& times,
                std::uint64_t& ticket) {
  Slot* slot = nullptr;
  try {
    slot = instance.slots.acquire();
    if (slot == nullptr) return nullptr;
    const std::uint64_t sequence = last_sequence.fetch_add(1, std::memory_order_relaxed) + 1;
    ticket = slot->ticket_of(sequence << ticket_index_bits);
    slot->copy.assign(message, options, ticket, times);
    return slot;
  } catch (const std::bad_alloc&) {
    if (slot != nullptr) instance.slots.release(*slot);
    return nullptr;
  }
}

// From the store of the word on, the deadline thread may answer. It is sequentially consistent with Backstop::lower:
// either that sees the new wake-up time, or the deadline thread's next sweep sees this op. In the same way either
// park() sees this op, or its sender sees that the instance is parked.
void publish(Instance& instance, Slot& slot, std::uint64_t ticket, const OpTimes& times, Completion&& done) {
  slot.completion = std::move(done);
  slot.answer_by.store(times.answer_by, std::memory_order_relaxed);
  slot.word.store((ticket & ~in_use::all) | in_use::live | in_use::open | in_use::sending, std::memory_order_seq_cst);
  instance.core().backstop.lower(times.answer_by);
}

}  // namespace

std::uint64_t refuse(Instance& instance, Outcome outcome, std::string_view detail, Completion&& done) {
  Delivery& delivery = ThreadState::current().take();
  set_result(delivery.result, outcome, detail);
  delivery.completion = std::move(done);
  delivery.instance = &instance;
  delivery.pins = send_pins;
  ThreadState::current().post(delivery);
  return 0;
}

std::uint64_t start_send(Instance& instance, const Message& message, const SendOptions& options, Completion&& done,
                         std::unique_ptr<CallCopy> call) {
  const std::int64_t now = now_ns();
  if (const std::string name = invalid_text(message, options); !name.empty()) {
    return refuse(instance, Outcome::rejected, name + " is not valid UTF-8", std::move(done));
  }
  OpTimes times;
  if (!set_times(times, message, options, now)) {
    return refuse(instance, Outcome::deadline, "the time was up before the send began", std::move(done));
  }
  std::uint64_t ticket = 0;
  Slot* const slot = fill_slot(instance, message, options, times, ticket);
  if (slot == nullptr) {
    return refuse(instance, Outcome::retry, "busy: the messenger has as many sends in flight as it may",
                  std::move(done));
  }
  slot->call = std::move(call);
  publish(instance, *slot, ticket, times, std::move(done));
  const PluginCall inside;  // its end runs what was answered during the call, when no pin of ours is left
  if (instance.parked.load(std::memory_order_seq_cst)) {
    complete_for_plugin(instance, *slot, ticket, Outcome::retry, "the messenger was given up before it was asked");
  } else if (!call_send(instance, *slot, now)) {
    complete_for_plugin(instance, *slot, ticket, Outcome::unknown, "the plugin failed while it was called");
  }
  complete_returned_send(instance, *slot, ticket);
  return ticket;
}

void refuse_send(const std::shared_ptr<Core>& core, Outcome outcome, std::string_view detail, Completion&& done) {
  Delivery& delivery = ThreadState::current().take();
  set_result(delivery.result, outcome, detail);
  delivery.completion = std::move(done);
  delivery.core = core;
  ThreadState::current().post(delivery);
}

}  // namespace messenger::loader
