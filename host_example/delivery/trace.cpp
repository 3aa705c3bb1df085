// SPDX-License-Identifier: Apache-2.0
#include "delivery/trace.hpp"

#include <boost/json/serialize.hpp>
#include <variant>

#include "delivery/config_secrets.hpp"
#include "delivery/event_text.hpp"
#include "delivery/stored_messenger.hpp"
#include "runtime/field_check.hpp"
#include "runtime/json_text.hpp"
#include "runtime/type_info.hpp"

namespace messenger::host {

namespace json = boost::json;
using loader::Outcome;

namespace {

void hide_message(Masker& masker, const OutgoingMessage& message) {
  masker.hide(message.body);
  masker.hide_number(message.to);
  for (const auto& [name, value] : message.attributes) {
    if (name == "code" || message.secret) {
      masker.hide(value);
    }
  }
  if (message.secret) {
    masker.hide_codes_of(message.body);
  }
}

std::string_view verdict(Outcome outcome) {
  switch (outcome) {
    case Outcome::ok:
      return "The message was accepted by the provider.";
    case Outcome::unknown:
      return "The message may or may not have been sent.";
    case Outcome::retry:
    case Outcome::rejected:
    case Outcome::config:
    case Outcome::cancelled:
    case Outcome::deadline:
      break;
  }
  return "The message was not sent.";
}

std::string describe_attempt(std::string_view verdict, const std::string& messenger, const OutgoingMessage& message,
                             const loader::Result& result, const Masker& masker) {
  std::string text(verdict);
  append_line(text, "Outcome", to_string(result.outcome));
  append_line(text, "Messenger", messenger);
  append_line(text, "Message", message.id);
  append_line(text, "Request", message.request_id);
  append_line(text, "To", masked_number(message.to));
  append_line(text, "HTTP status", result.http_status == 0 ? "" : std::to_string(result.http_status));
  append_line(text, "Provider code", masker(result.provider_code));
  append_line(text, "Provider id", masker(result.provider_id));
  append_line(text, "Detail", masker(result.detail));
  return text;
}

// What a message's history keeps of an attempt, behind the verdict.
std::string describe_shortly(const loader::Result& result, const Masker& masker) {
  constexpr std::size_t longest_detail = 300;
  std::string text;
  if (result.http_status != 0) {
    text.append(" HTTP status ").append(std::to_string(result.http_status)).append(".");
  }
  if (!result.detail.empty()) {
    text.append(" ").append(one_line(masker(result.detail, longest_detail)));
  }
  return text;
}

}  // namespace

TracedMessenger::TracedMessenger(const json::object& messenger, const loader::Registry& registry)
    : id_(text_member(messenger, "id")), name_(text_member(messenger, "name")), type_(text_member(messenger, "type")) {
  if (const auto type = find_type(registry, type_)) {
    schema_ = type->schema;
  }
  const json::value* const debug = messenger.if_contains("debug");
  debug_ = debug != nullptr && debug->is_bool() && debug->get_bool();
  std::string text = json::serialize(messenger);
  body_ = Secret(text);
  wipe(text);
}

std::string TracedMessenger::title() const {
  if (type_.empty()) {
    return "not known (" + id_ + ")";
  }
  return name_ + " (" + type_ + ", " + (id_.empty() ? "not saved" : id_) + ")";
}

void TracedMessenger::hide_secrets(Masker& masker) const {
  const auto parsed = parse_json(body_.reveal());
  const auto* const messenger = std::get_if<json::value>(&parsed);
  if (messenger == nullptr || !messenger->is_object()) {
    return;
  }
  for (std::string& secret : config_secrets(schema_, messenger->get_object())) {
    masker.hide(secret);
    wipe(secret);
  }
  for (const std::string& pair : short_credentials(schema_, messenger->get_object())) {
    masker.hide(pair);
  }
}

Trace::Trace(const loader::Registry& registry, Store& store, const Log& log, std::int64_t entries)
    : registry_(registry), store_(store), log_(log), limit_(entries) {}

void Trace::tell(const TracedMessenger& messenger, const OutgoingMessage& message,
                 const loader::Result& result) noexcept {
  try {
    json::object fields{{"messageId", message.id},
                        {"messenger", messenger.id()},
                        {"to", masked_number(message.to)},
                        {"outcome", to_string(result.outcome)},
                        {"status", result.http_status}};
    if (!message.request_id.empty()) {
      fields["requestId"] = message.request_id;
    }
    log_.write(result.outcome == Outcome::ok ? loader::LogLevel::info : loader::LogLevel::error,
               verdict(result.outcome), fields);
  } catch (const std::exception& error) {
    failed(error, message);
  }
}

AttemptText Trace::describe(const TracedMessenger& messenger, const OutgoingMessage& message,
                            const loader::Result& result, const std::function<void(Masker&)>& hide_newer) noexcept {
  AttemptText text{std::string(verdict(result.outcome)), {}};
  if (result.outcome == Outcome::ok && !messenger.debug()) {
    return text;
  }
  try {
    Masker masker;
    hide_message(masker, message);
    messenger.hide_secrets(masker);
    loader::Result shown = result;
    try {
      hide_newer(masker);
    } catch (const std::exception& error) {
      failed(error, message);
      shown.detail = shown.provider_code = shown.provider_id = {};
    }
    text.entry = describe_attempt(text.reason, messenger.title(), message, shown, masker);
    text.reason += describe_shortly(shown, masker);
  } catch (const std::exception& error) {
    failed(error, message);
  }
  return text;
}

void Trace::write(Transaction& transaction, const TracedMessenger& messenger, Outcome outcome,
                  const AttemptText& text) {
  if (text.entry.empty()) {
    return;
  }
  if (messenger.debug()) {
    transaction.events.add(EventType::debug, text.entry);
  }
  if (outcome != Outcome::ok) {
    transaction.events.add(EventType::error, text.entry);
  }
  limit_.trim(transaction.events);
}

void Trace::keep(const TracedMessenger& messenger, const OutgoingMessage& message,
                 const loader::Result& result) noexcept {
  tell(messenger, message, result);
  try {
    store_.transact(
        [&](Transaction& transaction) {
          const AttemptText text = describe(messenger, message, result,
                                            [&](Masker& masker) { hide_stored(transaction, messenger.id(), masker); });
          write(transaction, messenger, result.outcome, text);
        },
        Sharing::rows);
  } catch (const std::exception& error) {
    failed(error, message);
  }
}

void Trace::failed(const std::exception& error, const OutgoingMessage& message) noexcept {
  log_.error("The trace of a message could not be kept: " + std::string(error.what()), {{"messageId", message.id}});
}

void Trace::keep_found(const TracedMessenger& messenger, const OutgoingMessage& message, const loader::Result& result,
                       const std::string& evidence) noexcept {
  try {
    const std::string_view verdict = "The message in doubt was found at its provider.";
    log_.info(verdict, {{"messageId", message.id}, {"messenger", messenger.id()}});
    Masker masker;
    hide_message(masker, message);
    messenger.hide_secrets(masker);
    store_.transact(
        [&](Transaction& transaction) {
          hide_stored(transaction, messenger.id(), masker);
          std::string text = describe_attempt(verdict, messenger.title(), message, result, masker);
          append_line(text, "Evidence", masker(evidence));
          transaction.events.add(EventType::information, text);
          limit_.trim(transaction.events);
        },
        Sharing::rows);
  } catch (const std::exception& error) {
    failed(error, message);
  }
}

// It may have been changed since; which of the two was sent with is not known.
void Trace::hide_stored(Transaction& transaction, const std::string& id, Masker& masker) const {
  const auto stored = transaction.documents.find(Kind::messenger, id);
  if (!stored) {
    return;
  }
  try {
    TracedMessenger(messenger_of(*stored), registry_).hide_secrets(masker);
  } catch (const std::exception& error) {  // one that cannot be read sends nothing
    log_.error(error.what(), {{"messenger", id}});
  }
}

}  // namespace messenger::host
