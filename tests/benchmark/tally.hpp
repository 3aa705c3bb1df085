// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace messenger::benchmark {

/// Written by the server's process, in memory that its parent and all processes forked later share.
struct ServerTally {
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint32_t> last_size{0};
  std::array<char, 8'192> last{};
};

}  // namespace messenger::benchmark
