// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::host {

/// Where this host is reached from outside, "https://sms.example.com", without a slash at its end. Throws
/// std::invalid_argument for what is no http or https URL, and for one with a user name, a query or a fragment.
std::string checked_public_url(std::string_view url);

/// Where a provider is to send receipts for what this messenger sends; empty when there is no public URL.
std::string receipt_url(const std::string& public_url, const std::string& messenger_id);
/// The same for one message, so that its receipts find it even where nobody has learnt its provider's id. It is signed
/// with the rest of the URL.
std::string receipt_url(const std::string& public_url, const std::string& messenger_id, const std::string& message_id);

/// The message of a query "?messageId=…&…" that such a URL has; empty = none.
std::string message_of_query(std::string_view query);

}  // namespace messenger::host
