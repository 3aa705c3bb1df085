// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"

#include <cmath>
#include <cstdio>

#include "figures.hpp"

namespace messenger::benchmark {

namespace {

double claimed(Claim claim, double yardstick, double ours) {
  switch (claim) {
    case Claim::ratio:
      return ours / yardstick;
    case Claim::advantage:
      return yardstick / ours;
    case Claim::difference:
      return ours - yardstick;
    case Claim::ours:
      return ours;
  }
  return ours;
}

std::vector<double> claimed(const Figure& figure) {
  std::vector<double> values;
  for (std::size_t i = 0; i < figure.ours.size(); ++i) {
    values.push_back(claimed(figure.claim, figure.yardstick.empty() ? 0 : figure.yardstick.at(i), figure.ours[i]));
  }
  return values;
}

std::string number(double value) {
  char text[32];
  const double size = std::abs(value);
  std::snprintf(text, sizeof text, size >= 1'000 ? "%.0f" : size >= 100 ? "%.1f" : "%.2f", value);
  return text;
}

std::string claim_text(const Figure& figure, double value) {
  switch (figure.claim) {
    case Claim::ratio:
    case Claim::advantage:
      return number(value) + " x";
    case Claim::difference:
      return (value < 0 ? "" : "+") + number(value);
    case Claim::ours:
      break;
  }
  return "";
}

std::string goal_text(const Figure& figure) {
  return std::isfinite(figure.at_most)    ? "<= " + number(figure.at_most)
         : std::isfinite(figure.at_least) ? ">= " + number(figure.at_least)
                                          : "";
}

// A miss that is smaller than the noise is for callgrind to decide.
const char* verdict(const Figure& figure, double value, double half_spread) {
  const double over = std::max(value - figure.at_most, figure.at_least - value);
  return !std::isfinite(figure.at_most) && !std::isfinite(figure.at_least) ? ""
         : over <= 0                                                       ? "met"
         : over <= half_spread                                             ? "in the noise"
                                                                           : "missed";
}

}  // namespace

Report::Report(std::size_t rounds, bool pinned) {
  std::printf("Medians of %zu rounds, the contenders in turn; noise: half the distance of the quartiles.\n%s\n", rounds,
              pinned ? "Server on core 0, clients on core 1." : "Not pinned: there is only one core.");
  std::printf("\n%-52s %-7s %10s %10s %10s %9s %6s\n", "", "", "yardstick", "ours", "ratio", "goal", "noise");
}

void Report::begin(const std::string& section, const std::string& yardstick) {
  std::printf("%s (yardstick: %s)\n", section.c_str(), yardstick.c_str());
  std::fflush(stdout);
}

double Report::add(const Figure& figure) {
  const auto values = claimed(figure);
  const double value = median(values);
  const double noise = spread(values);
  std::printf("  %-50s %-7s %10s %10s %10s %9s %4.0f %%  %s\n", figure.what.c_str(), figure.unit.c_str(),
              figure.yardstick.empty() ? "" : number(median(figure.yardstick)).c_str(),
              number(median(figure.ours)).c_str(), claim_text(figure, value).c_str(), goal_text(figure).c_str(),
              100 * noise, verdict(figure, value, noise * std::abs(value)));
  std::fflush(stdout);
  return value;
}

void Report::note(const std::string& text) {
  std::printf("  %s\n", text.c_str());
  std::fflush(stdout);
}

}  // namespace messenger::benchmark
