// SPDX-License-Identifier: Apache-2.0
#include "delivery/shown_message.hpp"

#include "delivery/masking.hpp"
#include "delivery/message_content.hpp"
#include "delivery/route.hpp"
#include "runtime/field_check.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

constexpr std::string_view unreadable = "What the database keeps of it does not open; it was changed there.";

void set(json::object& object, std::string_view name, std::string_view text) {
  if (!text.empty()) {
    object[name] = text;
  }
}

// Who has it or had it last, else who is to have it.
std::string messenger_id(const OutboxMessage& message) {
  return message.messenger_id.empty() ? messenger_of_route(message.route) : message.messenger_id;
}

}  // namespace

json::object shown_message(const OutboxMessage& message) {
  const json::object envelope = message.is_readable ? envelope_of(message) : json::object();
  json::object shown{{"id", message.id},
                     {"state", to_string(message.stage)},
                     {"priority", to_string(message.priority)},
                     {"to", masked_number(text_member(envelope, "to"))},
                     {"attempts", message.attempts},
                     {"expires", message.expires},
                     {"insertInstant", message.insert_instant},
                     {"lastUpdateInstant", message.last_update_instant}};
  set(shown, "tenantId", message.tenant_id);
  set(shown, "messengerId", messenger_id(message));
  set(shown, "messageTypeId", message_type_of_route(message.route));
  set(shown, "providerId", message.provider_id);
  set(shown, "reason", message.is_readable ? std::string_view(message.reason) : unreadable);
  for (const char* name : {"locale", "userId", "requestId", "resendOf"}) {
    set(shown, name, text_member(envelope, name));
  }
  if (message.stage == MessageStage::queued) {
    shown["nextAttempt"] = message.due;
  }
  if (message.cancel_requested) {
    shown["cancelRequested"] = true;
  }
  if (message.content.empty() && message.is_readable) {
    shown["wiped"] = true;
  }
  return shown;
}

json::array shown_history(const std::vector<MessageChange>& history) {
  json::array shown;
  for (const MessageChange& change : history) {
    json::object entry{{"instant", change.instant}, {"state", to_string(change.stage)}, {"reason", change.reason}};
    if (change.attempt > 0) {
      entry["attempt"] = change.attempt;
    }
    set(entry, "messengerId", change.messenger_id);
    set(entry, "outcome", change.outcome);
    shown.push_back(std::move(entry));
  }
  return shown;
}

}  // namespace messenger::host
