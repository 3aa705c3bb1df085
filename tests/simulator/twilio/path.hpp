#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::simulator::twilio {

/// What a path has in place of a pattern's braces, in order; nothing when it does not match.
/// Braces hold what a SID may begin with ("{SM|MM}"), or {word} for any text without a slash.
std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path);

/// Whether the text is a SID with one of the prefixes ("SM|MM").
bool is_sid_of(std::string_view prefixes, std::string_view text);

}  // namespace messenger::simulator::twilio
