// SPDX-License-Identifier: Apache-2.0
#include "common/instant.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace messenger::common {
namespace {

using std::chrono::sys_seconds;

// All of text as a number without sign; -1 when it is none.
int number(std::string_view text) noexcept {
  int value = -1;
  if (text.empty() || text.front() < '0' || text.front() > '9') {
    return -1;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? value : -1;
}

int month_of(std::string_view name) noexcept {
  constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::size_t at = name.size() == 3 ? names.find(name) : std::string_view::npos;
  return at == std::string_view::npos || at % 3 != 0 ? -1 : static_cast<int>(at / 3) + 1;
}

// "08:30:00"; a leap second counts as the next minute's first.
std::optional<std::chrono::seconds> time_of(std::string_view text) noexcept {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') {
    return std::nullopt;
  }
  const int hour = number(text.substr(0, 2));
  const int minute = number(text.substr(3, 2));
  const int second = number(text.substr(6, 2));
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return std::nullopt;
  }
  return std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
}

std::optional<sys_seconds> instant_of(int year, int month, int day, std::string_view time) noexcept {
  if (year < 0 || month < 0 || day < 0) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  const auto seconds = time_of(time);
  if (!date.ok() || !seconds) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date) + *seconds;
}

// "Z", "+01:00" or "+0100" as what is to be subtracted.
std::optional<std::chrono::minutes> offset_of(std::string_view text) noexcept {
  if (text == "Z" || text == "z") {
    return std::chrono::minutes(0);
  }
  if (text.size() < 5 || (text[0] != '+' && text[0] != '-')) {
    return std::nullopt;
  }
  const int hours = number(text.substr(1, 2));
  const int minutes = number(text.substr(text[3] == ':' ? 4 : 3));
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
    return std::nullopt;
  }
  const std::chrono::minutes offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return text[0] == '+' ? offset : -offset;
}

}  // namespace

sys_seconds wall_clock() noexcept {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::optional<sys_seconds> parse_http_date(std::string_view text) noexcept {
  std::array<std::string_view, 6> word{};
  std::size_t count = 0;
  while (count < word.size()) {
    text.remove_prefix(std::min(text.find_first_not_of(" ,-"), text.size()));
    if (text.empty()) {
      break;
    }
    word[count] = text.substr(0, text.find_first_of(" ,-"));
    text.remove_prefix(word[count++].size());
  }
  if (count == 5) {
    return instant_of(number(word[4]), month_of(word[1]), number(word[2]), word[3]);  // asctime
  }
  if (count != 6 || word[5] != "GMT") {
    return std::nullopt;
  }
  int year = number(word[3]);
  if (word[3].size() == 2 && year >= 0) {
    year += year < 70 ? 2000 : 1900;  // RFC 850
  }
  return instant_of(year, month_of(word[2]), number(word[1]), word[4]);
}

std::optional<sys_seconds> parse_mail_date(std::string_view text) noexcept {
  constexpr std::size_t zone_size = 6;  // " +0000"
  std::array<char, 40> plain{};
  if (text.size() <= zone_size || text.size() + 4 - zone_size > plain.size()) {
    return std::nullopt;
  }
  const std::string_view date = text.substr(0, text.size() - zone_size);
  const std::size_t size = date.copy(plain.data(), date.size());
  const std::size_t end = size + std::string_view(" GMT").copy(plain.data() + size, 4);
  const auto local = parse_http_date({plain.data(), end});
  const auto offset = offset_of(text.substr(date.size() + 1));
  if (!local || !offset || text[date.size()] != ' ') {
    return std::nullopt;
  }
  return *local - *offset;
}

std::optional<sys_seconds> parse_iso_instant(std::string_view text) noexcept {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't')) {
    return std::nullopt;
  }
  std::string_view zone = text.substr(19);
  if (zone.front() == '.') {
    const std::size_t digits = zone.find_first_not_of("0123456789", 1);
    if (digits == 1 || digits == std::string_view::npos) {
      return std::nullopt;
    }
    zone.remove_prefix(digits);
  }
  const auto offset = offset_of(zone);
  const auto local =
      instant_of(number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8, 2)), text.substr(11, 8));
  if (!offset || !local) {
    return std::nullopt;
  }
  return *local - *offset;
}

}  // namespace messenger::common
