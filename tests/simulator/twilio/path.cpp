#include "simulator/twilio/path.hpp"

#include <algorithm>

#include "simulator/text.hpp"

namespace messenger::simulator::twilio {
namespace {

std::string_view take_part(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

bool fits(std::string_view wanted, std::string_view part) {
  if (!wanted.starts_with('{')) return wanted == part;
  const std::string_view inside = wanted.substr(1, wanted.size() - 2);
  return inside == "word" ? !part.empty() : is_sid_of(inside, part);
}

}  // namespace

bool is_sid_of(std::string_view prefixes, std::string_view text) {
  while (!prefixes.empty()) {
    if (is_sid(text, take_part(prefixes, '|'))) return true;
  }
  return false;
}

std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path) {
  std::vector<std::string> found;
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = take_part(pattern, '/');
    const std::string_view part = take_part(path, '/');
    if (!fits(wanted, part)) return std::nullopt;
    if (wanted.starts_with('{')) found.emplace_back(part);
  }
  return pattern.empty() && path.empty() ? std::optional{std::move(found)} : std::nullopt;
}

}  // namespace messenger::simulator::twilio
