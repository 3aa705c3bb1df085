// SPDX-License-Identifier: Apache-2.0
#include "delivery/message_draft.hpp"

#include <algorithm>
#include <iterator>
#include <messenger/detail/json_text.hpp>
#include <messenger/secret.hpp>

#include "delivery/message_content.hpp"
#include "delivery/send.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace {

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

bool holds_code(const OutgoingMessage& message) {
  return std::any_of(message.attributes.begin(), message.attributes.end(),
                     [](const auto& attribute) { return attribute.first == "code"; });
}

// However it is left.
class Wiped {
 public:
  Wiped(OutgoingMessage& outgoing, NewMessage& message) : outgoing_(outgoing), message_(message) {}
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
  ~Wiped() {
    wipe_message(outgoing_);
    wipe(message_.content);
  }

 private:
  OutgoingMessage& outgoing_;
  NewMessage& message_;
};

SealedMessage draft_of(const Store& store, const Submission& submission) {
  OutgoingMessage named = submission.message;
  NewMessage message;
  const Wiped wiped(named, message);
  named.traceparent = submission.traceparent.empty() ? named.traceparent : submission.traceparent;
  message.id = named.id.empty() ? new_ordered_uuid() : to_lower_uuid(named.id);
  message.tenant_id = to_lower_uuid(submission.tenant_id);
  message.envelope = envelope_text(named, submission.resend_of);
  message.content = content_text(named);
  message.destination = named.to;
  message.secret = named.secret || holds_code(named);
  message.idempotency_key = submission.idempotency_key;
  message.request_digest = request_digest(store, submission, message.content);
  return store.seal(message);
}

Accepted answer(const SealedMessage& message, const AddedMessage& added) {
  if (added.is_same_request) {
    return {added.id, added.is_new};
  }
  if (message.idempotency.empty()) {
    return {{}, false, {{"/id", "duplicate", "A message with the Id [" + message.id + "] already exists."}}};
  }
  return {{}, false, {{"/idempotencyKey", "duplicate", "The idempotency key was used for another message."}}};
}

}  // namespace

MessageDrafts::MessageDrafts(const Store& store, const std::vector<const Submission*>& submissions) {
  submissions_ = submissions;
  messages_.reserve(submissions.size());
  for (const Submission* const submission : submissions) {
    messages_.push_back(draft_of(store, *submission));
  }
}

void MessageDrafts::take(const std::vector<MessageDrafts*>& others) {
  std::size_t more = size();
  for (const MessageDrafts* const other : others) {
    more += other->size();
  }
  submissions_.reserve(more);
  messages_.reserve(more);  // from here on nothing throws
  for (MessageDrafts* const other : others) {
    submissions_.insert(submissions_.end(), other->submissions_.begin(), other->submissions_.end());
    std::move(other->messages_.begin(), other->messages_.end(), std::back_inserter(messages_));
    other->messages_.clear();
  }
}

Priority MessageDrafts::most_urgent(std::size_t first, std::size_t count) const {
  Priority most = Priority::bulk;
  for (std::size_t i = 0; i < count; ++i) {
    most = std::min(most, messages_[first + i].priority);
  }
  return most;
}

std::vector<Accepted> MessageDrafts::add(Transaction& transaction, const Messages::Options& options, std::size_t first,
                                         std::size_t count) {
  const std::int64_t now = now_ms();
  Planner planner(transaction, options, now);
  std::vector<Accepted> accepted(count);
  std::size_t kept = 0;  // of them, as far as they were looked at
  const auto keep = [&](std::size_t end) {
    if (kept == end) {
      return;
    }
    for (const AddedMessage& one : transaction.outbox.add({messages_.data() + first + kept, end - kept})) {
      accepted[kept] = answer(messages_[first + kept], one);
      ++kept;
    }
  };
  for (std::size_t i = 0; i < count; ++i) {
    SealedMessage& message = messages_[first + i];
    Planned planned = planner.plan(*submissions_[first + i]);
    message.route = std::move(planned.route);
    message.priority = planned.priority;
    message.due = now;
    message.expires = planned.expires;
    if (!planned.issues.empty()) {
      keep(i);
      const auto known = transaction.outbox.find_added(message);
      accepted[i] =
          known && known->is_same_request ? answer(message, *known) : Accepted{{}, true, std::move(planned.issues)};
      kept = i + 1;
    }
  }
  keep(count);
  return accepted;
}

}  // namespace messenger::host
