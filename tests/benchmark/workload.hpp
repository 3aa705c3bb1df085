// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace messenger::benchmark {

/// Where a provider listens, and the root by which both contenders verify it.
struct Provider {
  std::string url;      // "https://127.0.0.1:4711"
  std::string ca_file;  // PEM; empty for plain HTTP
};

/// One kind of request, as both contenders send it.
struct Workload {
  std::string name;                  // "twilio"
  std::string type;                  // of the messenger
  std::string config;                // JSON for our messenger
  std::string url;                   // for bare libcurl, whole
  std::string ca_file;               // as Provider's
  std::vector<std::string> headers;  // custom header lines in the order sent
  std::string body;
};

/// What every message carries.
inline constexpr const char* recipient = "+15551230001";
inline constexpr const char* text =
    "Your one-time code is 123456. It is good for five minutes. Please do not share it with anybody else.";
inline constexpr const char* idempotency_key = "0b5d0e9c-6f0e-4c55-9d5e-2f4f0a1b2c3d";

enum class Feed {
  completions,    // the next send is made in the callback of one that ended, on the I/O thread
  another_thread  // a thread of its own makes all sends and waits for a free place
};

/// How long a contender runs.
struct Run {
  std::size_t in_flight, sends;
  Feed feed = Feed::completions;
};

/// The account of a Twilio workload.
inline constexpr const char* account = "AC00000000000000000000000000000000";
inline constexpr const char* auth_token = "token";
inline constexpr const char* from_number = "+15005550006";

Workload twilio_workload(const Provider& provider);
Workload generic_workload(const Provider& provider);

/// Gives the workload the header lines and the body of a request that our messenger has sent.
void learn(Workload& workload, const std::string& request);

/// Leads the workload to another provider.
void move_to(Workload& workload, const Provider& provider);

}  // namespace messenger::benchmark
