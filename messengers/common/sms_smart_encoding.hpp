// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::common {

/// What Twilio's smart encoding makes of a UTF-16 text: characters that look like one of GSM-7 become it
/// (https://www.twilio.com/docs/messaging/services#smart-encoding).
std::u16string smart_encoded(std::u16string_view text);

}  // namespace messenger::common
