// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// A text that is sought in others, in time linear in both (Knuth, Morris and Pratt).
class Pattern {
 public:
  /// `sought` is not empty.
  explicit Pattern(std::string sought);

  const std::string& text() const noexcept { return sought_; }

  /// Calls found(begin) for each place, in order, also where two overlap; gives how much of the pattern's beginning
  /// stands at the text's end.
  template <class Found>
  std::size_t find_all(std::string_view text, Found found) const {
    std::size_t matched = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      matched = next(matched, text[at]);
      if (matched == sought_.size()) {
        found(at + 1 - matched);
        matched = borders_[matched - 1];
      }
    }
    return matched;
  }

 private:
  std::size_t next(std::size_t matched, char character) const {
    while (matched > 0 && sought_[matched] != character) {
      matched = borders_[matched - 1];
    }
    return sought_[matched] == character ? matched + 1 : 0;
  }

  std::string sought_;
  std::vector<std::size_t> borders_;  // of each beginning: its longest end that is also its beginning
};

}  // namespace messenger::host
