// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::host {

enum class Base64 { padded, unpadded, url };  ///< the URL's alphabet goes without padding

std::string to_base64(std::string_view bytes, Base64 form);

/// The bytes of padded base64, with any white space between; empty when it is none.
std::string from_base64(std::string_view text);

/// The same for what is no secret, as sealed texts are: faster, because how long they take may tell what they are
/// given. Only what the first makes is read by the second.
std::string to_public_base64(std::string_view bytes);
std::string from_public_base64(std::string_view text);

}  // namespace messenger::host
