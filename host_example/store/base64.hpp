// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::host {

enum class Base64 { padded, unpadded, url };  ///< the URL's alphabet goes without padding

std::string to_base64(std::string_view bytes, Base64 form);

/// The bytes of padded base64, with any white space between; empty when it is none.
std::string from_base64(std::string_view text);

}  // namespace messenger::host
