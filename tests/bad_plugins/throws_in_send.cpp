// SPDX-License-Identifier: Apache-2.0
// Throws from send.
#include <stdexcept>

#include "minimal.h"

namespace {

void fail(msgr_instance*, const msgr_op*, const msgr_message*) {
  throw std::runtime_error("thrown");
}

}  // namespace

#define TYPE "ThrowsInSend"
#define SEND fail
#include "table.h"
