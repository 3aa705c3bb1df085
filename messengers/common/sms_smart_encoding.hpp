// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::common {

/// What Twilio's smart encoding makes of a text: characters that look like one of GSM-7 become it
/// (https://www.twilio.com/docs/messaging/services#smart-encoding). Bytes that are not UTF-8 stay as they are. Leaves
/// no copy behind, so that the text may be wiped.
std::string smart_encoded(std::string_view utf8);

}  // namespace messenger::common
