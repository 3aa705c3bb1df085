#include "simulator/twilio/instant.hpp"

#include <array>
#include <ctime>

namespace messenger::simulator::twilio {
namespace {

std::string format(Instant when, const char* pattern) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(when);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  return {text.data(), std::strftime(text.data(), text.size(), pattern, &parts)};
}

}  // namespace

std::string rfc2822(Instant when) {
  return format(when, "%a, %d %b %Y %H:%M:%S +0000");
}

std::string iso8601(Instant when) {
  return format(when, "%Y-%m-%dT%H:%M:%SZ");
}

std::string day_of(Instant when) {
  return format(when, "%Y-%m-%d");
}

std::optional<Instant> parse_iso8601(const std::string& text) {
  std::tm parts{};
  const char* rest = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  if (rest == nullptr) return std::nullopt;
  if (*rest == '.') {
    for (++rest; *rest >= '0' && *rest <= '9'; ++rest) {
    }
  }
  if (std::string_view{rest} != "Z") return std::nullopt;
  return std::chrono::system_clock::from_time_t(timegm(&parts));
}

// strptime takes 2023-02-31; the calendar, asked back, does not.
bool is_day(const std::string& text) {
  std::tm parts{};
  const char* rest = strptime(text.c_str(), "%Y-%m-%d", &parts);
  if (rest == nullptr || *rest != '\0') return false;
  return day_of(std::chrono::system_clock::from_time_t(timegm(&parts))) == text;
}

}  // namespace messenger::simulator::twilio
