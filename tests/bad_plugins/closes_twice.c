/* SPDX-License-Identifier: Apache-2.0 */
/* Closes its endpoint twice. */
#include "posts.h"

static void close_and_destroy(msgr_instance* self) {
  self->http->close(self->endpoint);
  posts_destroy(self);
}

#define TYPE "ClosesTwice"
#define NEEDS posts_needs
#define CONFIGURE posts_configure
#define SEND posts_send
#define CANCEL posts_cancel
#define DESTROY close_and_destroy
#include "table.h"
