// SPDX-License-Identifier: Apache-2.0
#include "delivery/receipt_stage.hpp"

#include <messenger/secret.hpp>

#include <algorithm>
#include <cctype>

namespace messenger::host {

using loader::Status;

namespace {

// Where a message stands by what its provider said; nothing where that says nothing new.
std::optional<MessageStage> stage_by(Status status) noexcept {
  switch (status) {
    case Status::delivered:
    case Status::read:
      return MessageStage::delivered;
    case Status::undelivered:
      return MessageStage::undelivered;
    case Status::failed:
      return MessageStage::failed;
    case Status::canceled:
      return MessageStage::cancelled;
    case Status::accepted:
    case Status::scheduled:
    case Status::queued:
    case Status::sending:
    case Status::sent:
      return MessageStage::sent;
    case Status::other:
    case Status::inbound:
      break;
  }
  return std::nullopt;
}

std::string_view sentence(MessageStage stage) noexcept {
  switch (stage) {
    case MessageStage::delivered:
      return "Its provider says that it was delivered.";
    case MessageStage::undelivered:
      return "Its provider says that it could not be delivered.";
    case MessageStage::failed:
      return "Its provider says that it failed.";
    case MessageStage::cancelled:
      return "Its provider says that it was called off.";
    default:
      break;
  }
  return "Its provider says that it has it.";
}

// As Twilio's "30003"; longer ones could be anything.
bool is_plain_code(std::string_view code) noexcept {
  constexpr std::size_t longest = 8;
  return !code.empty() && code.size() <= longest &&
         std::all_of(code.begin(), code.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
}

std::string reason_of(MessageStage stage, const MessageState& state) {
  std::string reason(sentence(stage));
  if (is_plain_code(state.provider_code)) {
    reason.append(" Its code is ").append(state.provider_code).append(".");
  }
  return reason;
}

std::optional<OutboxMessage> find_message(Transaction& transaction, const MessageState& state,
                                          const std::string& messenger_id, const std::string& provider_id) {
  auto message = transaction.outbox.find_by_provider_id(messenger_id, provider_id);
  return message || state.message_id.empty() ? std::move(message) : transaction.outbox.find(state.message_id);
}

}  // namespace

std::optional<MessageStage> move_by_receipt(Transaction& transaction, const MessageState& state,
                                            const std::string& messenger_id, const std::string& provider_id,
                                            std::int64_t now) {
  const auto stage = stage_by(state.status);
  if (!stage) {
    return std::nullopt;
  }
  auto message = find_message(transaction, state, messenger_id, provider_id);
  if (!message) {
    return std::nullopt;
  }
  wipe(message->content);
  MessageUpdate update;
  update.id = message->id;
  update.change = {
      now, *stage, message->attempts, messenger_id, std::string(to_string(state.status)), reason_of(*stage, state)};
  update.provider_id = provider_id;
  update.wipe = message->secret;
  std::vector<MessageStage> from{MessageStage::unknown};
  if (*stage != MessageStage::sent) {
    from.push_back(MessageStage::sent);
  }
  return transaction.outbox.advance(update, from) ? stage : std::nullopt;
}

}  // namespace messenger::host
