// SPDX-License-Identifier: Apache-2.0
// What goes into a send and what comes out of it.
#ifndef MESSENGER_LOADER_MESSAGE_HPP
#define MESSENGER_LOADER_MESSAGE_HPP

#include <chrono>
#include <cstdint>
#include <functional>
#include <messenger/loader/outcome.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace messenger::loader {

/// A name and its value; names may repeat. "code", "userId", "type" and "receiptUrl" are the host's.
struct Attribute {
  std::string_view name, value;
};

/// One message, as views: send() copies what it needs before it returns. All text is UTF-8.
struct Message {
  std::string_view to = {};
  std::string_view from = {};  ///< sender in place of the configured one; empty = the configured one
  std::string_view body = {};
  std::string_view kind = "SMS";
  std::string_view locale = {};  ///< BCP 47; empty = none
  std::span<const Attribute> attributes = {};
  std::optional<std::chrono::steady_clock::time_point> expires = {};  ///< worthless after this
  bool secret = false;  ///< body or attributes carry a one-time code: copies are wiped, nothing is logged
};

/// One attempt at a message. Text as views, copied by send().
struct SendOptions {
  std::chrono::milliseconds timeout{20'000};  ///< the caller has its answer after this at the latest
  std::uint32_t attempt = 1;
  std::string_view idempotency_key = {};  ///< the same over all attempts at one message; empty = none
  std::string_view traceparent = {};      ///< W3C trace context; empty = none
};

/// How an attempt ended. Strings are valid UTF-8 and bounded, whatever the plugin gave.
struct Result {
  Outcome outcome = Outcome::unknown;
  std::uint32_t http_status = 0;             ///< 0 = no HTTP status
  std::chrono::milliseconds retry_after{0};  ///< the provider asked for this pause; 0 = it did not
  std::string provider_id;                   ///< the provider's name for the message, at most 256 bytes
  std::string provider_code;                 ///< the provider's error code, at most 64 bytes
  std::string detail;                        ///< one sentence for people, at most 1024 bytes
};

/// Called exactly once per send, on any thread, never inside the plugin's own send and never within another completion
/// on the same thread. The result lives for the call. It should return soon: it may run on a service's I/O thread.
/// What it throws is caught, counted and logged. Send, cancel, configure and remove are legal in it.
using Completion = std::function<void(const Result&)>;

}  // namespace messenger::loader

#endif
