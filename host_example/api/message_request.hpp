// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <messenger/loader/report.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/messages.hpp"

namespace messenger::host {

/// A message as a caller sends it, and what is wrong with it.
struct MessageRequest {
  Submission submission;
  std::string message_type;                ///< by its name, where it has no id; empty = none
  std::vector<loader::Issue> issues = {};  ///< pointers start at the message ("/to")
};

/// Reads {"to":…}. `now` is epoch ms.
MessageRequest read_message_request(const boost::json::object& message, std::int64_t now);

/// The JSON Schema of such an object.
boost::json::object message_request_schema();

}  // namespace messenger::host
