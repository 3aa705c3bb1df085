// SPDX-License-Identifier: Apache-2.0
#include "delivery/circuit_events.hpp"

#include "delivery/event_text.hpp"
#include "delivery/stored_messenger.hpp"
#include "runtime/field_check.hpp"
#include "runtime/instant_text.hpp"

namespace messenger::host {

namespace {

// "Name (type, id)"
std::string title_of(Transaction& transaction, const std::string& id) {
  const auto stored = transaction.documents.find(Kind::messenger, id);
  if (!stored) {
    return "not known (" + id + ")";
  }
  const auto messenger = messenger_of(*stored);
  return std::string(text_member(messenger, "name")) + " (" + std::string(text_member(messenger, "type")) + ", " + id +
         ")";
}

std::string instant(std::int64_t epoch_ms) {
  return instant_text(std::chrono::system_clock::time_point(std::chrono::milliseconds(epoch_ms)));
}

}  // namespace

std::string_view headline(CircuitNote::What what) noexcept {
  switch (what) {
    case CircuitNote::What::opened:
      return "The circuit of a messenger is open: nothing is sent through it for now.";
    case CircuitNote::What::closed:
      return "The circuit of a messenger is closed: it is used again.";
    case CircuitNote::What::bypassed:
      break;
  }
  return "The circuit of a messenger is open: another of its route is used in its place.";
}

void write_circuit_event(Transaction& transaction, const CircuitNote& note) {
  std::string text(headline(note.what));
  append_line(text, "Messenger", title_of(transaction, note.messenger_id));
  append_line(text, "Used instead", note.used_instead.empty() ? "" : title_of(transaction, note.used_instead));
  append_line(text, "Outcome", note.outcome);
  append_line(text, "Reason", note.reason);
  append_line(text, "Next try", note.retry_at == 0 ? "" : instant(note.retry_at));
  transaction.events.add(note.what == CircuitNote::What::opened ? EventType::error : EventType::information, text);
}

}  // namespace messenger::host
