// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "store/documents.hpp"
#include "store/event_log.hpp"
#include "store/outbox.hpp"

namespace messenger::host {

namespace {

template <class Values>
auto named(const Values& values, std::string_view name) noexcept -> std::optional<typename Values::value_type> {
  const auto* const found =
      std::find_if(values.begin(), values.end(), [name](auto value) { return to_string(value) == name; });
  return found == values.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

std::string_view to_string(Kind kind) noexcept {
  switch (kind) {
    case Kind::messenger:
      return "messenger";
    case Kind::message_template:
      return "messageTemplate";
    case Kind::user:
      return "user";
    case Kind::tenant:
      return "tenant";
    case Kind::key:
      return "key";
    case Kind::message_type:
      return "messageType";
    case Kind::api_key:
      break;
  }
  return "apiKey";
}

std::string_view to_string(EventType type) noexcept {
  switch (type) {
    case EventType::information:
      return "Information";
    case EventType::debug:
      return "Debug";
    case EventType::error:
      break;
  }
  return "Error";
}

std::string_view to_string(MessageStage stage) noexcept {
  switch (stage) {
    case MessageStage::queued:
      return "queued";
    case MessageStage::leased:
      return "leased";
    case MessageStage::sent:
      return "sent";
    case MessageStage::delivered:
      return "delivered";
    case MessageStage::undelivered:
      return "undelivered";
    case MessageStage::failed:
      return "failed";
    case MessageStage::unknown:
      return "unknown";
    case MessageStage::expired:
      return "expired";
    case MessageStage::cancelled:
      break;
  }
  return "cancelled";
}

std::optional<MessageStage> stage_of(std::string_view name) noexcept {
  static constexpr std::array stages{MessageStage::queued,    MessageStage::leased,      MessageStage::sent,
                                     MessageStage::delivered, MessageStage::undelivered, MessageStage::failed,
                                     MessageStage::unknown,   MessageStage::expired,     MessageStage::cancelled};
  return named(stages, name);
}

bool is_settled(MessageStage stage) noexcept {
  return stage != MessageStage::queued && stage != MessageStage::leased;
}

std::string_view to_string(Priority priority) noexcept {
  switch (priority) {
    case Priority::code:
      return "code";
    case Priority::notice:
      return "notice";
    case Priority::bulk:
      break;
  }
  return "bulk";
}

std::optional<Priority> priority_of(std::string_view name) noexcept {
  static constexpr std::array priorities{Priority::code, Priority::notice, Priority::bulk};
  return named(priorities, name);
}

namespace {

constexpr std::string_view messenger_prefix = "messenger/";
constexpr std::string_view message_type_prefix = "messageType/";

std::string behind(std::string_view prefix, std::string_view route) {
  return route.starts_with(prefix) ? std::string(route.substr(prefix.size())) : std::string();
}

}  // namespace

std::string messenger_route(std::string_view messenger_id) {
  return std::string(messenger_prefix).append(messenger_id);
}

std::string message_type_route(std::string_view message_type_id) {
  return std::string(message_type_prefix).append(message_type_id);
}

std::string messenger_of_route(std::string_view route) {
  return behind(messenger_prefix, route);
}

std::string message_type_of_route(std::string_view route) {
  return behind(message_type_prefix, route);
}

}  // namespace messenger::host
