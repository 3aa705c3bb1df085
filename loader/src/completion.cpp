// SPDX-License-Identifier: Apache-2.0
#include "completion.hpp"

#include <utility>

#include "core.hpp"
#include "instance.hpp"
#include "result_copy.hpp"
#include "thread_state.hpp"

namespace messenger::loader {
namespace {

using namespace in_use;

constexpr std::string_view silent = "the plugin did not answer by the deadline";
constexpr std::string_view too_late = "the plugin completed after its caller was answered";
constexpr std::string_view disobedient = "the plugin did not end the send when it was told to";

constexpr bool is_of(std::uint64_t word, std::uint64_t ticket) noexcept {
  return ((word ^ ticket) & ~all) == 0;
}

// What the plugin's completion finds, and has taken.
enum class Taken : std::uint8_t {
  nothing,  // no such op is live
  answer,   // the caller is to be answered now
  store,    // the result waits in the slot until the plugin's call, or its output, has returned
  late      // the caller has its answer already
};

// `left` is what the word then held: only who brings it to zero may give the slot back.
Taken take_from_plugin(Slot& slot, std::uint64_t ticket, std::uint64_t& left) noexcept {
  std::uint64_t word = slot.word.load(std::memory_order_acquire);
  while (is_of(word, ticket) && (word & live) != 0) {
    std::uint64_t& next = left = word & ~live;
    Taken taken = Taken::late;
    if ((word & open) != 0) {
      taken = (word & (sending | outputting)) != 0 ? Taken::store : Taken::answer;
      next = taken == Taken::store ? next | writing : (next & ~open) | answering;
    }
    if (slot.word.compare_exchange_weak(word, next, std::memory_order_acq_rel)) return taken;
  }
  return Taken::nothing;
}

// Gives back a slot without flags, and with it the pin that the op held.
std::uint64_t release_if_unused(Instance& instance, Slot& slot, std::uint64_t word) noexcept {
  if ((word & all) != 0) return 0;
  instance.slots.release(slot);
  return 1;
}

// Claims the right to answer: the word as it was before, or 0 when another has it, or will have it: whoever writes the
// result, or hands over an output.
std::uint64_t claim_answer(Slot& slot, std::uint64_t ticket) noexcept {
  std::uint64_t word = slot.word.load(std::memory_order_seq_cst);
  while (is_of(word, ticket) && (word & open) != 0 && (word & (writing | outputting)) == 0) {
    if (slot.word.compare_exchange_weak(word, (word & ~open) | answering, std::memory_order_seq_cst)) return word;
  }
  return 0;
}

// Sends the answer on its way; the slot's `answering` flag is ours. The slot is free again before the completion runs,
// so that a send from within it finds room. Takes over one pin of the caller.
void answer(Instance& instance, Slot& slot, Delivery& delivery) noexcept {
  delivery.completion = std::exchange(slot.completion, nullptr);
  delivery.instance = &instance;
  const std::uint64_t left = slot.word.fetch_and(~answering, std::memory_order_acq_rel) & ~answering;
  delivery.pins = 1 + release_if_unused(instance, slot, left);
  ThreadState::current().post(delivery);
}

void answer_with_slot(Instance& instance, Slot& slot) noexcept {
  Delivery& delivery = ThreadState::current().take();
  std::swap(delivery.result, slot.result);
  answer(instance, slot, delivery);
}

// The result has been written while send was under way. Whoever clears the last of `writing`, `sending` and
// `outputting` answers, but nobody waits for the send of a parked instance: it may never return, and the deadline
// thread no longer looks.
void result_stored(Instance& instance, Slot& slot, std::uint64_t ticket) noexcept {
  const std::uint64_t word = slot.word.fetch_and(~writing, std::memory_order_seq_cst);
  const bool answerable = (word & (sending | outputting)) == 0 || instance.parked.load(std::memory_order_seq_cst);
  if (answerable && claim_answer(slot, ticket) != 0) {
    answer_with_slot(instance, slot);
  } else {
    instance.unpin(1);
  }
}

// Does what was taken. Takes over one pin of the caller.
template <class Fill>
void complete(Instance& instance, Slot& slot, std::uint64_t ticket, Taken taken, std::uint64_t left,
              Fill fill) noexcept {
  switch (taken) {
    case Taken::nothing:
      instance.unpin(1);
      return;
    case Taken::answer:
      fill(slot.result);
      answer_with_slot(instance, slot);
      return;
    case Taken::store:
      fill(slot.result);
      result_stored(instance, slot, ticket);
      return;
    case Taken::late:
      instance.unpin(1 + release_if_unused(instance, slot, left));
      return;
  }
}

void note_ignored(Instance& instance, const Slot* slot, std::uint64_t ticket) noexcept {
  const bool issued = slot != nullptr && (ticket & ~all) != 0;
  const bool second = issued && (is_of(slot->word.load(std::memory_order_relaxed), ticket) ||
                                 is_of(slot->before.load(std::memory_order_relaxed), ticket));
  if (second) {
    instance.note(Event::second_completion, LogLevel::error, "the plugin completed an op twice", ticket);
  } else {
    instance.note(Event::foreign_completion, LogLevel::error, "the plugin completed a ticket that it does not have",
                  ticket);
  }
}

void note_deadline(Instance& instance, std::uint64_t word, std::uint64_t ticket) noexcept {
  if ((word & live) != 0) instance.note(Event::deadline_answer, LogLevel::warning, silent, ticket);
  if ((word & sending) != 0) {
    instance.note(Event::stuck_send, LogLevel::error, "the plugin has not returned from send", ticket);
  }
}

}  // namespace

void complete_from_plugin(Instance& instance, std::uint64_t ticket, std::int32_t outcome,
                          const msgr_result* result) noexcept {
  if (!instance.try_pin()) {
    note_ignored(instance, nullptr, ticket);
    return;
  }
  Slot* const slot = instance.slots.find(ticket);
  std::uint64_t left = 0;
  const Taken taken = slot == nullptr ? Taken::nothing : take_from_plugin(*slot, ticket, left);
  if (taken == Taken::nothing) {
    note_ignored(instance, slot, ticket);
    instance.unpin(1);
    return;
  }
  if (taken == Taken::late) instance.note(Event::late_completion, LogLevel::warning, too_late, ticket);
  complete(instance, *slot, ticket, taken, left, [&](Result& out) {
    if (copy_result(out, outcome, result)) return;
    instance.note(Event::unknown_outcome, LogLevel::error, "the plugin gave an outcome that does not exist", ticket);
  });
}

void complete_for_plugin(Instance& instance, Slot& slot, std::uint64_t ticket, Outcome outcome,
                         std::string_view detail) noexcept {
  instance.pins.add();
  std::uint64_t left = 0;
  const Taken taken = take_from_plugin(slot, ticket, left);
  complete(instance, slot, ticket, taken, left, [&](Result& out) { set_result(out, outcome, detail); });
}

void complete_returned_send(Instance& instance, Slot& slot, std::uint64_t ticket) noexcept {
  const std::uint64_t left = slot.word.fetch_and(~sending, std::memory_order_acq_rel) & ~sending;
  if ((left & all) == open && claim_answer(slot, ticket) != 0) {
    answer_with_slot(instance, slot);
  } else {
    instance.unpin(1 + release_if_unused(instance, slot, left));
  }
}

void output_returned(Instance& instance, Slot& slot, std::uint64_t ticket) noexcept {
  const std::uint64_t left = slot.word.fetch_and(~outputting, std::memory_order_seq_cst) & ~outputting;
  if ((left & all) == open && claim_answer(slot, ticket) != 0) return answer_with_slot(instance, slot);
  if (instance.parked.load(std::memory_order_seq_cst)) answer_for_plugin(instance, slot, ticket, InPlace::parked);
  instance.unpin(1);
}

bool answer_for_plugin(Instance& instance, Slot& slot, std::uint64_t ticket, InPlace why) noexcept {
  if (!instance.try_pin()) return false;
  const std::uint64_t word = claim_answer(slot, ticket);
  if (word == 0) {
    instance.unpin(1);
    return false;
  }
  if (why == InPlace::deadline) note_deadline(instance, word, ticket);
  if ((word & live) == 0) {
    answer_with_slot(instance, slot);
    return true;
  }
  // The plugin may still complete, late, and the slot's own result is not touched by that.
  Delivery& delivery = ThreadState::current().take();
  set_result(delivery.result, Outcome::unknown, why == InPlace::deadline ? silent : disobedient);
  answer(instance, slot, delivery);
  return true;
}

}  // namespace messenger::loader
