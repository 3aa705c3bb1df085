// SPDX-License-Identifier: Apache-2.0
// What providers tell about messages after they were sent.
#ifndef MESSENGER_LOADER_RECEIPT_HPP
#define MESSENGER_LOADER_RECEIPT_HPP

#include <cstdint>
#include <messenger/loader/export.hpp>
#include <messenger/loader/message.hpp>
#include <span>
#include <string>
#include <string_view>

namespace messenger::loader {

/// A provider's HTTP request, as the host received it. Views.
struct Callback {
  std::string_view method = "POST";
  std::string_view url = {};  ///< as the provider was given it, with the query that it used; never from a Host header
  std::string_view body = {};
  std::span<const Attribute> headers = {};
};

/// What a messenger made of a callback; the numbers are those of MSGR_RECEIPT_….
enum class Reading : std::uint32_t {
  forged = 0,    ///< not from the provider, or it cannot be told
  read = 1,      ///< genuine
  malformed = 2  ///< genuine, but not understood
};

/// Where a message stands; the numbers are those of MSGR_STATUS_….
enum class Status : std::uint32_t {
  other = 0,
  accepted = 1,
  scheduled = 2,
  queued = 3,
  sending = 4,
  sent = 5,
  delivered = 6,
  read = 7,
  undelivered = 8,
  failed = 9,
  canceled = 10,
  inbound = 11
};

/// "DELIVERED" …; static storage. [any thread]
MESSENGER_LOADER_API std::string_view to_string(Status status) noexcept;

/// One event. Strings are valid UTF-8 and bounded, whatever the plugin gave.
struct Receipt {
  Status status = Status::other;
  std::string provider_id;      ///< Result::provider_id of the message, at most 256 bytes
  std::string provider_status;  ///< in the provider's own word, at most 64 bytes
  std::string provider_code;    ///< its error code, at most 64 bytes
};

}  // namespace messenger::loader

#endif
