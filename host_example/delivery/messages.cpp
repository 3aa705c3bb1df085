// SPDX-License-Identifier: Apache-2.0
#include "delivery/messages.hpp"

#include <algorithm>
#include <future>
#include <messenger/secret.hpp>

#include "delivery/message_content.hpp"
#include "delivery/message_draft.hpp"
#include "delivery/message_intake.hpp"
#include "delivery/route.hpp"
#include "delivery/send.hpp"
#include "delivery/shown_message.hpp"
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

// As random as the digest, of the form of version 8 (RFC 9562).
std::string derived_uuid(std::string digest) {
  digest[12] = '8';
  digest[16] = 'a';
  return digest.substr(0, 8) + "-" + digest.substr(8, 4) + "-" + digest.substr(12, 4) + "-" + digest.substr(16, 4) +
         "-" + digest.substr(20, 12);
}

Accepted refusal(std::string code, std::string text) {
  return {{}, true, {{"/messageId", std::move(code), std::move(text)}}};
}

}  // namespace

Messages::Messages(Store& store, const Log& log, std::function<void(Priority)> wake, Options options)
    : store_(store),
      wake_(std::move(wake)),
      options_(options),
      intake_(std::make_unique<MessageIntake>(store_, log, wake_, options_)) {}

Messages::~Messages() = default;

Accepted Messages::add(Transaction& transaction, const Submission& submission) {
  MessageDrafts draft(store_, {&submission});
  return counted(draft.add(transaction, options_)).front();
}

std::vector<Accepted> Messages::accept(std::vector<Submission> submissions) {
  const auto promise = std::make_shared<std::promise<std::vector<Accepted>>>();  // it may still be held when we have it
  accept(std::move(submissions), [promise](std::vector<Accepted> accepted, const std::exception_ptr& error) {
    error ? promise->set_exception(error) : promise->set_value(std::move(accepted));
  });
  return promise->get_future().get();
}

void Messages::accept(std::vector<Submission> submissions, Done done) {
  intake_->put(std::move(submissions),
               [this, done = std::move(done)](std::vector<Accepted> accepted, const std::exception_ptr& error) {
                 done(counted(std::move(accepted)), error);
               });
}

void Messages::stop() {
  intake_->stop();
}

std::vector<Accepted> Messages::counted(std::vector<Accepted> accepted) {
  const auto is_new = [](const Accepted& one) { return !one.id.empty() && one.is_new; };
  accepted_ += static_cast<std::uint64_t>(std::count_if(accepted.begin(), accepted.end(), is_new));
  return accepted;
}

std::optional<json::object> Messages::find(const std::string& id) {
  return store_.read([&](Transaction& transaction) -> std::optional<json::object> {
    auto message = transaction.outbox.find(to_lower_uuid(id));
    if (!message) {
      return std::nullopt;
    }
    json::object shown = shown_message(*message);
    wipe(message->content);
    shown["history"] = shown_history(transaction.outbox.history(message->id));
    return shown;
  });
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
  auto accepted = store_.with(
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
    wake_(Priority::code);  // it may be one
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
