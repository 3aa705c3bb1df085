// SPDX-License-Identifier: Apache-2.0
#include "twilio/receipt.hpp"

#include <messenger/detail/http_syntax.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include "common/form_fields.hpp"
#include "common/json_reply.hpp"
#include "twilio/address.hpp"
#include "twilio/signature.hpp"

namespace messenger::twilio {
namespace {

constexpr std::size_t longest_word = 32;
constexpr std::size_t longest_code = 9;

// partially_delivered is of a message to a group: neither of two recipients' statuses is the message's.
constexpr std::array<std::pair<std::string_view, Status>, 13> statuses{{{"accepted", Status::accepted},
                                                                        {"scheduled", Status::scheduled},
                                                                        {"queued", Status::queued},
                                                                        {"sending", Status::sending},
                                                                        {"sent", Status::sent},
                                                                        {"delivered", Status::delivered},
                                                                        {"read", Status::read},
                                                                        {"undelivered", Status::undelivered},
                                                                        {"failed", Status::failed},
                                                                        {"canceled", Status::canceled},
                                                                        {"partially_delivered", Status::other},
                                                                        {"receiving", Status::inbound},
                                                                        {"received", Status::inbound}}};

// The value that all fields of either name have; nothing when they differ or there is none.
std::optional<std::string_view> only_value(const common::FormFields& fields, std::string_view name,
                                           std::string_view older_name) {
  std::optional<std::string_view> found;
  for (const auto& [field, value] : fields) {
    if (field != name && field != older_name) {
      continue;
    }
    if (found && *found != value) {
      return std::nullopt;
    }
    found = value;
  }
  return found;
}

bool is_word(std::string_view text) noexcept {
  return !text.empty() && text.size() <= longest_word &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '-'; });
}

std::string error_code(const common::FormFields& fields) {
  const std::string_view code = common::find_field(fields, "ErrorCode");
  const bool is_code = code.size() <= longest_code && std::all_of(code.begin(), code.end(), detail::is_digit);
  return is_code && code != "0" ? std::string(code) : std::string();
}

// The only one of that name, in any case; absent when there are two.
std::string_view signature_of(const Callback& callback) noexcept {
  std::string_view found;
  for (const Attribute header : callback.headers()) {
    if (!detail::equal_nocase(header.name, "X-Twilio-Signature")) {
      continue;
    }
    if (found.data() != nullptr) {
      return {};
    }
    found = header.value;
  }
  return found;
}

std::optional<StatusEvent> event_of(const common::FormFields& fields) {
  const auto sid = only_value(fields, "MessageSid", "SmsSid");
  const auto word = only_value(fields, "MessageStatus", "SmsStatus");
  if (!sid || !is_message_sid(*sid) || !word || !is_word(*word)) {
    return std::nullopt;
  }
  return StatusEvent{status_of(*word), std::string(*sid), std::string(*word), error_code(fields)};
}

}  // namespace

Status status_of(std::string_view word) noexcept {
  const auto* const at =
      std::find_if(statuses.begin(), statuses.end(), [word](const auto& one) { return one.first == word; });
  return at == statuses.end() ? Status::other : at->second;
}

std::optional<StatusEvent> read_status_event(std::string_view form) {
  return event_of(common::read_form(form));
}

std::optional<StatusEvent> read_json_status_event(std::string_view json) {
  using common::ReplyMember;
  std::array members{ReplyMember{"MessageSid"}, ReplyMember{"SmsSid"}, ReplyMember{"MessageStatus"},
                     ReplyMember{"SmsStatus"}, ReplyMember{"ErrorCode"}};
  if (!common::read_reply(json, members)) {
    return std::nullopt;
  }
  common::FormFields fields;
  for (const ReplyMember& member : members) {
    if (member.text.view().data() != nullptr) {
      fields.emplace_back(member.name, member.text.view());
    }
  }
  return event_of(fields);
}

Reading read_callback(const Callback& callback, std::span<const std::string_view> tokens, Receipts receipts) {
  if (!is_genuine({callback.url(), callback.body(), signature_of(callback)}, tokens)) {
    return Reading::forged;
  }
  const auto event =
      binds_body_by_hash(callback.url()) ? read_json_status_event(callback.body()) : read_status_event(callback.body());
  if (!event) {
    return Reading::malformed;
  }
  receipts.tell({event->status, event->message_sid, event->word, event->error_code});
  return Reading::read;
}

}  // namespace messenger::twilio
