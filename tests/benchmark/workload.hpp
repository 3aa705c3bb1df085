// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace messenger::benchmark {

/// One kind of request, as both contenders send it; main() checks that the bytes are the same.
struct Workload {
  std::string name;                  // "twilio"
  std::string type;                  // of the messenger
  std::string config;                // JSON for our messenger
  std::string url;                   // for bare libcurl, whole
  std::vector<std::string> headers;  // custom header lines in the order sent
  std::string body;
};

/// What every message carries.
inline constexpr const char* recipient = "+15551230001";
inline constexpr const char* text =
    "Your one-time code is 123456. It is good for five minutes. Please do not share it with anybody else.";
inline constexpr const char* idempotency_key = "0b5d0e9c-6f0e-4c55-9d5e-2f4f0a1b2c3d";

/// How long a contender runs, and what it cost.
struct Run {
  std::size_t in_flight, sends;
};
struct Cost {
  double cpu_us, wall_us;  // for each send
};

}  // namespace messenger::benchmark
