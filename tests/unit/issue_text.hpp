// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <messenger/loader/report.hpp>
#include <string>
#include <vector>

namespace messenger::test {

/// "code pointer" of each issue, sorted and separated by "; ".
inline std::string summary(const std::vector<loader::Issue>& issues) {
  std::vector<std::string> lines;
  for (const auto& issue : issues) {
    lines.push_back(issue.code + " " + issue.pointer);
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const auto& line : lines) {
    text.append(text.empty() ? "" : "; ").append(line);
  }
  return text;
}

}  // namespace messenger::test
