// SPDX-License-Identifier: Apache-2.0
#include "delivery/pattern.hpp"

namespace messenger::host {

Pattern::Pattern(std::string sought) : sought_(std::move(sought)), borders_(1, 0) {
  for (std::size_t end = 1; end < sought_.size(); ++end) {
    borders_.push_back(next(borders_.back(), sought_[end]));
  }
}

}  // namespace messenger::host
