// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace messenger::common {

/// How a text travels: GSM 03.38's 7-bit alphabet, or UTF-16 where one of its characters is not in that.
enum class SmsEncoding { gsm7, ucs2 };

/// "GSM-7" or "UCS-2".
std::string_view to_string(SmsEncoding encoding) noexcept;

/// What a text takes of the network. A unit is a septet of GSM-7, or 16 bits of UCS-2.
struct SmsText {
  SmsEncoding encoding = SmsEncoding::gsm7;
  std::size_t parts = 1;                 ///< messages on the air; an empty text is one
  std::size_t units = 0;                 ///< of all parts, without the headers that join them
  std::size_t remaining = 0;             ///< units that the last part still holds
  std::vector<char32_t> outside_gsm7{};  ///< what forces UCS-2: each once, in the order of the text, at most 16
};

/// Whether a text is counted as it is, or as Twilio's smart encoding would send it.
enum class SmartEncoding { off, on };

/// Counts a text as Twilio's own calculator does: 160 septets or 153 a part, 70 units or 67 a part, a part ends before
/// an escape pair or a grapheme cluster that does not fit, and a cluster that no part can hold is a part of its own.
/// Bytes that are not UTF-8 count as U+FFFD. Any thread; what is beyond 2^28 bytes is not looked at.
SmsText sms_text(std::string_view utf8, SmartEncoding smart = SmartEncoding::off);

}  // namespace messenger::common
