// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace messenger::benchmark {

/// What a figure claims of its two series, round by round.
enum class Claim {
  ratio,       // ours / yardstick
  advantage,   // yardstick / ours
  difference,  // ours - yardstick
  ours         // no yardstick
};

/// One row of the table. A series has one value for each round; the rounds of both belong together.
struct Figure {
  std::string what;
  std::string unit;
  std::vector<double> yardstick = {}, ours = {};
  Claim claim = Claim::ratio;
  double at_most = std::numeric_limits<double>::infinity();  // the goal, of what is claimed
  double at_least = -std::numeric_limits<double>::infinity();
};

/// The table, printed as it grows.
class Report {
 public:
  /// Prints the table's head.
  explicit Report(std::size_t rounds, bool pinned);

  /// A heading, and what its yardstick is.
  void begin(const std::string& section, const std::string& yardstick);
  /// Prints the row; gives the median of what it claims.
  double add(const Figure& figure);
  /// Prints a line: what was left out, or how something was measured.
  void note(const std::string& text);
};

}  // namespace messenger::benchmark
