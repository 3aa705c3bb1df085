// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace messenger::benchmark {

/// Who runs where: what the server does must not cost the contenders anything.
inline constexpr int server_cpu = 0;
inline constexpr int client_cpu = 1;

/// What the command line says.
struct Options {
  std::string plugins;                 // directory of the two messengers
  std::string twilio_helper;           // directory of a node_modules with Twilio's npm helper; empty = none
  std::vector<std::string> sections;   // empty = all
  std::vector<std::size_t> in_flight;  // of "send"; empty = those of the goals
  std::vector<std::string> scenarios;  // of "durable"; empty = all
  std::size_t sends = 10'000;          // in a round of "send"; the other sections scale with it
  std::size_t rounds = 5;              // of every contender
  bool json = false;

  /// A count that is right for 10,000 sends, made smaller or larger with them; at least `least`.
  std::size_t scaled(std::size_t count, std::size_t least = 1) const {
    const std::size_t wanted = count * sends / 10'000;
    return wanted < least ? least : wanted;
  }
};

}  // namespace messenger::benchmark
