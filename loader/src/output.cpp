// SPDX-License-Identifier: Apache-2.0
#include "output.hpp"

#include "completion.hpp"
#include "core.hpp"
#include "instance.hpp"
#include "json_check.hpp"
#include "thread_state.hpp"

namespace messenger::loader {
namespace {

using namespace in_use;

constexpr std::size_t largest_output = std::size_t{16} * 1024 * 1024;

// What an output finds, and has taken.
enum class Taken : std::uint8_t {
  foreign,  // no such call is live, or it has another output under way
  late,     // the caller has its answer already
  here      // the slot's `outputting` flag is ours, and nobody else answers the caller meanwhile
};

Taken take(Slot& slot, std::uint64_t ticket) noexcept {
  std::uint64_t word = slot.word.load(std::memory_order_acquire);
  while (slot.ticket_of(word) == ticket && (word & live) != 0) {
    if ((word & open) == 0) return Taken::late;
    if ((word & outputting) != 0) return Taken::foreign;
    if (slot.word.compare_exchange_weak(word, word | outputting, std::memory_order_acq_rel)) return Taken::here;
  }
  return Taken::foreign;
}

void note_foreign(Instance& instance, std::uint64_t ticket) noexcept {
  instance.note(Event::foreign_output, LogLevel::error, "the plugin gave an output to no open call of its own", ticket);
}

bool hand_over(Instance& instance, const Slot& slot, std::uint64_t ticket, std::string_view json) noexcept {
  if (slot.call == nullptr) {
    note_foreign(instance, ticket);  // of a send
    return false;
  }
  const PluginCall inside;  // what the caller starts in it is answered when the plugin's call is over
  try {
    if (json.size() > largest_output || !is_json(json, deepest_output)) {
      instance.note(Event::malformed_output, LogLevel::error, "the plugin gave an output that is not JSON");
      return true;
    }
    return slot.call->output()(json);
  } catch (...) {
    instance.note(Event::completion_exception, LogLevel::error, "the host's output function threw an exception");
    return false;
  }
}

}  // namespace

bool output_from_plugin(Instance& instance, std::uint64_t ticket, std::string_view json) noexcept {
  if (!instance.try_pin()) return false;
  Slot* const slot = instance.slots.find(ticket);
  const Taken taken = slot == nullptr ? Taken::foreign : take(*slot, ticket);
  if (taken != Taken::here) {
    if (taken == Taken::foreign) note_foreign(instance, ticket);
    instance.unpin(1);
    return false;
  }
  const bool more = hand_over(instance, *slot, ticket, json);
  output_returned(instance, *slot, ticket);
  return more;
}

}  // namespace messenger::loader
