// SPDX-License-Identifier: Apache-2.0
#include "store/documents.hpp"
#include "store/event_log.hpp"

namespace messenger::host {

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

}  // namespace messenger::host
