// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/host.hpp>
#include <messenger/message.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "twilio/rule.hpp"

namespace messenger::twilio {

/// Why a message is not sent.
struct Refusal {
  Outcome outcome;
  std::string detail;
};

/// What the attributes of a message ask of Twilio; views into the message.
struct Wanted {
  std::string_view service_sid{};
  std::string_view from{};
  std::string_view receipt_url{};  ///< of the host, absent where the message names a StatusCallback
  std::int64_t validity_s = 0;     ///< 0 = not asked
  std::optional<std::chrono::sys_seconds> send_at{};
  bool scheduled = false;  ///< ScheduleType is given
  bool shorten_urls = false;
  bool has_content = false;  ///< MediaUrl or ContentSid is given
};

/// What can be asked of Twilio when a message is created, in the order of names.
std::span<const Parameter> message_parameters() noexcept;

/// Keeps what this parameter, whose value is good, asks.
void keep(const Attribute& attribute, Wanted& wanted) noexcept;

/// A name that comes from the caller as it may be repeated: what a parameter's name is made of, and "?".
std::string shown_name(std::string_view name);

/// Reads and checks the attributes that are parameters of Twilio's. Other names that start with a capital letter are
/// refused, so that a typing error is not lost silently; the rest is the host's and, but for receiptUrl, ignored.
std::optional<Refusal> read_attributes(const Attributes& attributes, Wanted& wanted);

/// Whether append_form copies this attribute into the request as it is.
bool is_copied(std::string_view attribute_name) noexcept;

}  // namespace messenger::twilio
