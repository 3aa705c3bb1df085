// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace messenger::common {

/// Units that a text alone may have, and those of each part when it takes several.
struct SmsCapacity {
  std::size_t alone;
  std::size_t joined;
};

struct SmsParts {
  std::size_t parts = 1;
  std::size_t units_in_last = 0;
};

/// Puts what must stay together, each so many units, into parts.
SmsParts fill_sms_parts(std::span<const std::size_t> sizes, SmsCapacity capacity) noexcept;

}  // namespace messenger::common
