// SPDX-License-Identifier: Apache-2.0
#include "runtime/instant_text.hpp"

#include <ctime>

namespace messenger::host {

std::string instant_text(std::chrono::system_clock::time_point instant) {
  using namespace std::chrono;
  const auto whole = floor<seconds>(instant);
  const std::time_t time = system_clock::to_time_t(whole);
  std::tm utc{};
  ::gmtime_r(&time, &utc);
  char date[sizeof "2026-11-22T09:15:00"];
  static_cast<void>(std::strftime(date, sizeof date, "%FT%T", &utc));
  const std::string digits = std::to_string(1'000 + duration_cast<milliseconds>(instant - whole).count());
  return std::string(date) + "." + digits.substr(1) + "Z";
}

}  // namespace messenger::host
