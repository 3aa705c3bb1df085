// SPDX-License-Identifier: Apache-2.0
#include "runtime/instant_text.hpp"

#include <cstdint>

namespace messenger::host {

namespace {

// With as many digits as there is room for; the rest of `text` stays.
void put(char* text, int digits, std::int64_t number) {
  for (; digits > 0; number /= 10) {
    text[--digits] = static_cast<char>('0' + number % 10);
  }
}

}  // namespace

std::string instant_text(std::chrono::system_clock::time_point instant) {
  using namespace std::chrono;
  const auto day = floor<days>(instant);
  const year_month_day date(day);
  const hh_mm_ss time(floor<milliseconds>(instant - day));
  std::string text = "0000-00-00T00:00:00.000Z";
  put(text.data(), 4, static_cast<int>(date.year()));
  put(text.data() + 5, 2, static_cast<unsigned>(date.month()));
  put(text.data() + 8, 2, static_cast<unsigned>(date.day()));
  put(text.data() + 11, 2, time.hours().count());
  put(text.data() + 14, 2, time.minutes().count());
  put(text.data() + 17, 2, time.seconds().count());
  put(text.data() + 20, 3, time.subseconds().count());
  return text;
}

}  // namespace messenger::host
