// SPDX-License-Identifier: Apache-2.0
#include "delivery/message_state.hpp"

#include <utility>

#include "runtime/field_check.hpp"

namespace messenger::host {

namespace json = boost::json;
using loader::Status;

namespace {

// A receipt counts when it ranks above what is known. Final ones rank alike, so that the first stays.
int rank(Status status) noexcept {
  switch (status) {
    case Status::other:
    case Status::inbound:
      break;
    case Status::accepted:
      return 1;
    case Status::scheduled:
      return 2;
    case Status::queued:
      return 3;
    case Status::sending:
      return 4;
    case Status::sent:
      return 5;
    case Status::delivered:
    case Status::undelivered:
    case Status::failed:
    case Status::canceled:
      return 6;
    case Status::read:
      return 7;
  }
  return 0;
}

bool supersedes(const loader::Receipt& receipt, const MessageState& state) noexcept {
  if (is_final(state.status)) {
    return state.status == Status::delivered && receipt.status == Status::read;
  }
  return rank(receipt.status) > rank(state.status);
}

// What our send alone has told of a message stays, but its provider's words are added.
bool is_first_word(const loader::Receipt& receipt, const MessageState& state) noexcept {
  return !is_final(state.status) && state.provider_status.empty() && !receipt.provider_status.empty();
}

Status status_of(std::string_view name) noexcept {
  for (std::uint32_t number = 0; number <= static_cast<std::uint32_t>(Status::inbound); ++number) {
    if (to_string(static_cast<Status>(number)) == name) {
      return static_cast<Status>(number);
    }
  }
  return Status::other;
}

}  // namespace

bool is_final(Status status) noexcept {
  return rank(status) >= rank(Status::delivered);
}

bool take_in(MessageState& state, const loader::Receipt& receipt) {
  const bool counts = supersedes(receipt, state);
  if (counts || is_first_word(receipt, state)) {
    state.status = counts ? receipt.status : state.status;
    state.provider_status = receipt.provider_status;
    state.provider_code = receipt.provider_code;
    return true;
  }
  const bool adds_code =
      receipt.status == state.status && state.provider_code.empty() && !receipt.provider_code.empty();
  if (adds_code) {
    state.provider_code = receipt.provider_code;
  }
  return adds_code;
}

json::object to_json(const MessageState& state) {
  json::object object{{"status", to_string(state.status)}};
  for (const auto& [name, value] : {std::pair<std::string_view, const std::string&>{"messageId", state.message_id},
                                    {"providerStatus", state.provider_status},
                                    {"providerCode", state.provider_code}}) {
    if (!value.empty()) {
      object[name] = value;
    }
  }
  return object;
}

MessageState state_of(const json::object& object) {
  return {std::string(text_member(object, "messageId")), status_of(text_member(object, "status")),
          std::string(text_member(object, "providerStatus")), std::string(text_member(object, "providerCode"))};
}

}  // namespace messenger::host
