/* SPDX-License-Identifier: Apache-2.0 */
/* Waits for the reply to a request that the service never took. */
#include "posts.h"

static void send_and_hope(msgr_instance* self, const msgr_op* op, const msgr_message* message) {
  posts_post(self, op, message, op->deadline_ns, posts_judge);
}

#define TYPE "IgnoresARefusedRequest"
#define NEEDS posts_needs
#define CONFIGURE posts_configure
#define SEND send_and_hope
#define CANCEL posts_cancel
#define DESTROY posts_destroy
#include "table.h"
