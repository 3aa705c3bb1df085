// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace messenger::common {

/// A text buffer that one thread uses again and again, so that a send in steady state allocates nothing. Not nested.
class Scratch {
 public:
  /// Room for bound characters; append no more than that, so that the buffer never moves and leaves a copy behind.
  Scratch(std::size_t bound, bool secret);
  /// Overwrites what a secret message left in it.
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::string& text() noexcept { return text_; }

 private:
  std::string& text_;
  bool secret_;
};

}  // namespace messenger::common
