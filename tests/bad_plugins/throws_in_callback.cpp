// SPDX-License-Identifier: Apache-2.0
// Throws when it gets a reply.
#include <stdexcept>

#include "posts.h"

namespace {

void fail(void*, const msgr_http_response*) {
  throw std::runtime_error("thrown");
}

void send_and_fail(msgr_instance* self, const msgr_op* op, const msgr_message* message) {
  posts_send_to(self, op, message, fail);
}

}  // namespace

#define TYPE "ThrowsInCallback"
#define NEEDS posts_needs
#define CONFIGURE posts_configure
#define SEND send_and_fail
#define CANCEL posts_cancel
#define DESTROY posts_destroy
#include "table.h"
