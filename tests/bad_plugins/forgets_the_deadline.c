/* SPDX-License-Identifier: Apache-2.0 */
/* Gives its requests no deadline. */
#include "posts.h"

static void send_without(msgr_instance* self, const msgr_op* op, const msgr_message* message) {
  if (posts_post(self, op, message, 0, posts_judge) != MSGR_HTTP_STARTED) {
    self->host->complete(self->host, op->ticket, MSGR_RETRY, NULL);
  }
}

#define TYPE "ForgetsTheDeadline"
#define NEEDS posts_needs
#define CONFIGURE posts_configure
#define SEND send_without
#define CANCEL posts_cancel
#define DESTROY posts_destroy
#include "table.h"
