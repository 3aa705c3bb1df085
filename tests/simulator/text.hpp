#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace messenger::simulator {

/// The code points of UTF-8 text; each byte that is not UTF-8 becomes U+FFFD.
std::u32string decode_utf8(std::string_view text);

/// The text itself when it is UTF-8, else with U+FFFD for what is not, so that it can stand in JSON.
std::string valid_utf8(std::string_view text);

/// The bytes behind padded base64; nothing when it is malformed.
std::optional<std::string> decode_base64(std::string_view text);

/// The value of a hexadecimal digit; nothing for any other character.
std::optional<unsigned> hex_digit(char c);

/// A two-letter prefix and 32 hexadecimal digits, as every Twilio SID has.
bool is_sid(std::string_view text, std::string_view prefix);

/// A fresh SID with this prefix.
std::string random_sid(std::string_view prefix);

}  // namespace messenger::simulator
