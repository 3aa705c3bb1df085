// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace messenger::twilio {

/// A callback as it came in.
struct SignedRequest {
  std::string_view url;        ///< as Twilio was given it, with the query that it used
  std::string_view body;       ///< as received
  std::string_view signature;  ///< X-Twilio-Signature
};

/// Whether the query binds the body by its hash: the body is then no form, as a rule JSON.
bool binds_body_by_hash(std::string_view url);

/// Whether one of these auth tokens signed the request
/// (https://www.twilio.com/docs/usage/security#validating-requests). A query with bodySHA256 binds the body by that
/// hash, any other request by its form's fields. Twilio signs a URL with or without its port; both pass. An empty token
/// signs nothing, and nobody a form or a query of more than 256 fields. Takes any bytes; compares in constant time.
bool is_genuine(const SignedRequest& request, std::span<const std::string_view> tokens);

}  // namespace messenger::twilio
