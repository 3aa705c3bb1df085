// SPDX-License-Identifier: Apache-2.0
#include "delivery/messages.hpp"

#include <algorithm>
#include <messenger/detail/json_text.hpp>
#include <messenger/secret.hpp>

#include "delivery/message_content.hpp"
#include "delivery/route.hpp"
#include "delivery/send.hpp"
#include "delivery/shown_message.hpp"
#include "delivery/submission_check.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

constexpr std::string_view called_off = "It was called off.";
constexpr std::string_view sent_anew = "It is sent anew as another message.";

bool is_dead(const OutboxMessage& message) noexcept {
  switch (message.stage) {
    case MessageStage::failed:
    case MessageStage::undelivered:
    case MessageStage::expired:
    case MessageStage::cancelled:
      return true;
    case MessageStage::unknown:
      return message.due == 0;
    case MessageStage::queued:
    case MessageStage::leased:
    case MessageStage::sent:
    case MessageStage::delivered:
      break;
  }
  return false;
}

// Of all that makes the message what it is. Neither the request that it came with nor when it expires, which a caller
// who tries again often counts anew.
std::string request_digest(const Store& store, const Submission& submission, const std::string& content) {
  const OutgoingMessage& message = submission.message;
  constexpr std::size_t longest_escape = 6;
  std::string text;
  text.reserve(content.size() + longest_escape * (message.to.size() + message.locale.size() + 256));
  for (const std::string& part :
       {submission.tenant_id, submission.messenger_id, submission.message_type_id, message.to, message.locale,
        submission.priority ? std::string(to_string(*submission.priority)) : std::string()}) {
    detail::append_json_string(text, part);
  }
  text += content;
  std::string digest = store.digest("message request", text);
  wipe(text);
  return digest;
}

// As random as the digest, of the form of version 8 (RFC 9562).
std::string derived_uuid(std::string digest) {
  digest[12] = '8';
  digest[16] = 'a';
  return digest.substr(0, 8) + "-" + digest.substr(8, 4) + "-" + digest.substr(12, 4) + "-" + digest.substr(16, 4) +
         "-" + digest.substr(20, 12);
}

bool holds_code(const OutgoingMessage& message) {
  return std::any_of(message.attributes.begin(), message.attributes.end(),
                     [](const auto& attribute) { return attribute.first == "code"; });
}

NewMessage new_message(const Store& store, const Submission& submission, const Planned& planned, std::int64_t now) {
  OutgoingMessage named = submission.message;
  named.traceparent = submission.traceparent.empty() ? named.traceparent : submission.traceparent;
  NewMessage message;
  message.id = named.id.empty() ? new_uuid() : to_lower_uuid(named.id);
  message.tenant_id = to_lower_uuid(submission.tenant_id);
  message.route = planned.route;
  message.priority = planned.priority;
  message.envelope = envelope_text(named, submission.resend_of);
  message.content = content_text(named);
  message.destination = named.to;
  message.secret = named.secret || holds_code(named);
  message.due = now;
  message.expires = planned.expires;
  message.idempotency_key = submission.idempotency_key;
  message.request_digest = request_digest(store, submission, message.content);
  wipe_message(named);
  return message;
}

Accepted taken(const NewMessage& message) {
  if (message.idempotency_key.empty()) {
    return {{}, false, {{"/id", "duplicate", "A message with the Id [" + message.id + "] already exists."}}};
  }
  return {{}, false, {{"/idempotencyKey", "duplicate", "The idempotency key was used for another message."}}};
}

Accepted refusal(std::string code, std::string text) {
  return {{}, true, {{"/messageId", std::move(code), std::move(text)}}};
}

}  // namespace

Messages::Messages(Store& store, std::function<void()> wake, Options options)
    : store_(store), wake_(std::move(wake)), options_(options) {}

// What was accepted once stays so: only a message that is new has to stand the checks.
Accepted Messages::add(Transaction& transaction, const Submission& submission) {
  const std::int64_t now = now_ms();
  Planned planned = plan(transaction, submission, options_, now);
  NewMessage message = new_message(store_, submission, planned, now);
  std::optional<AddedMessage> added;
  if (planned.issues.empty()) {
    added = transaction.outbox.add(message);
  } else if (added = transaction.outbox.find_added(message); added && !added->is_same_request) {
    added.reset();
  }
  wipe(message.content);
  if (!added) {
    return {{}, true, std::move(planned.issues)};
  }
  if (!added->is_same_request) {
    return taken(message);
  }
  accepted_ += added->is_new ? 1U : 0U;
  return {added->id, added->is_new};
}

std::vector<Accepted> Messages::accept(const std::vector<Submission>& submissions) {
  auto accepted = store_.with(
      [&](Transaction& transaction) {
        std::vector<Accepted> all;
        all.reserve(submissions.size());
        for (const Submission& submission : submissions) {
          all.push_back(add(transaction, submission));
        }
        return all;
      },
      Sharing::rows);
  if (std::any_of(accepted.begin(), accepted.end(), [](const Accepted& one) { return one.issues.empty(); })) {
    wake();
  }
  return accepted;
}

std::optional<json::object> Messages::find(const std::string& id) {
  return store_.with(
      [&](Transaction& transaction) -> std::optional<json::object> {
        auto message = transaction.outbox.find(to_lower_uuid(id));
        if (!message) {
          return std::nullopt;
        }
        json::object shown = shown_message(*message);
        wipe(message->content);
        shown["history"] = shown_history(transaction.outbox.history(message->id));
        return shown;
      },
      Sharing::rows);
}

json::object Messages::search(const MessageSearch& search) {
  auto page = store_.read([&](Transaction& transaction) { return transaction.outbox.search(search); });
  json::array messages;
  for (OutboxMessage& message : page.messages) {
    messages.push_back(shown_message(message));
    wipe(message.content);
  }
  return {{"messages", std::move(messages)}, {"total", page.total}};
}

// A host that makes an attempt at it, or waits for it, learns of it by the notice.
std::optional<MessageStage> Messages::cancel(const std::string& id) {
  const std::string own = to_lower_uuid(id);
  return store_.with(
      [&](Transaction& transaction) {
        const auto stage = transaction.outbox.cancel(own, now_ms(), called_off);
        if (stage == MessageStage::leased || stage == MessageStage::cancelled) {
          transaction.notices.tell(Topic::cancel, own);
        }
        return stage;
      },
      Sharing::rows);
}

std::optional<Accepted> Messages::resend(const std::string& id) {
  const auto accepted = store_.with(
      [&](Transaction& transaction) -> std::optional<Accepted> {
        auto dead = transaction.outbox.find(to_lower_uuid(id));
        if (!dead) {
          return std::nullopt;
        }
        Accepted refused;
        auto again = repeated(*dead, refused);
        wipe(dead->content);
        if (!again) {
          return refused;
        }
        const Accepted added = add(transaction, *again);
        wipe_message(again->message);
        if (added.issues.empty()) {
          transaction.outbox.cancel(dead->id, now_ms(), sent_anew);
        }
        return added;
      },
      Sharing::rows);
  if (accepted && accepted->issues.empty()) {
    wake();
  }
  return accepted;
}

std::optional<Submission> Messages::repeated(const OutboxMessage& dead, Accepted& refused) const {
  if (!is_dead(dead)) {
    refused = refusal("invalid", "The message is [" + std::string(to_string(dead.stage)) +
                                     "]; only one whose sending failed for good is sent anew.");
    return std::nullopt;
  }
  if (!dead.is_readable) {
    refused = refusal("unreadable", "What the database keeps of the message does not open.");
    return std::nullopt;
  }
  if (dead.content.empty()) {
    refused = refusal("wiped", "The message held a code, and its text was wiped.");
    return std::nullopt;
  }
  Submission again;
  again.message = outgoing_message(dead);
  again.message.id = derived_uuid(store_.digest("resent message", dead.id));
  again.tenant_id = dead.tenant_id;
  again.messenger_id = messenger_of_route(dead.route);
  again.message_type_id = message_type_of_route(dead.route);
  again.priority = dead.priority;
  again.expires = now_ms() + std::max<std::int64_t>(dead.expires - dead.insert_instant, 1);
  again.idempotency_key = store_.digest("resent message key", dead.id);
  again.resend_of = dead.id;
  return again;
}

}  // namespace messenger::host
