// SPDX-License-Identifier: Apache-2.0
// Throws from stop.
#include <stdexcept>

#include "minimal.h"

namespace {

std::uint32_t fail(msgr_instance*, std::uint64_t) {
  throw std::runtime_error("thrown");
}

}  // namespace

#define TYPE "ThrowsInStop"
#define STOP fail
#include "table.h"
