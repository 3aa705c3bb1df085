#include "simulator/twilio/instant.hpp"

#include <array>
#include <ctime>

namespace messenger::simulator::twilio {
namespace {

std::string format(std::time_t seconds, const char* pattern) {
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  return {text.data(), std::strftime(text.data(), text.size(), pattern, &parts)};
}

std::string format(Instant when, const char* pattern) {
  return format(std::chrono::system_clock::to_time_t(when), pattern);
}

constexpr const char* day_pattern = "%Y-%m-%d";

}  // namespace

std::string rfc2822(Instant when) {
  return format(when, "%a, %d %b %Y %H:%M:%S +0000");
}

std::string iso8601(Instant when) {
  return format(when, "%Y-%m-%dT%H:%M:%SZ");
}

std::string day_of(Instant when) {
  return format(when, day_pattern);
}

std::optional<Instant> parse_iso8601(const std::string& text) {
  std::tm parts{};
  const char* rest = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  if (rest == nullptr) return std::nullopt;
  if (*rest == '.') {
    for (++rest; *rest >= '0' && *rest <= '9'; ++rest) {
    }
  }
  const std::time_t seconds = timegm(&parts);
  // The clock ends in 2262.
  const auto last = std::chrono::floor<std::chrono::seconds>(Instant::max()).time_since_epoch().count();
  if (std::string_view{rest} != "Z" || seconds > last) return std::nullopt;
  return std::chrono::system_clock::from_time_t(seconds);
}

// strptime takes 2023-02-31; the calendar, asked back, does not.
bool is_day(const std::string& text) {
  std::tm parts{};
  const char* rest = strptime(text.c_str(), day_pattern, &parts);
  if (rest == nullptr || *rest != '\0') return false;
  return format(timegm(&parts), day_pattern) == text;
}

}  // namespace messenger::simulator::twilio
