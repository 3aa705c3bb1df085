/* SPDX-License-Identifier: Apache-2.0 */
/* Reads its configuration whenever it sends. */
#include "posts.h"

static volatile size_t last;

static msgr_instance* configure_and_keep(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue,
                                         void* ctx) {
  msgr_instance* self = posts_configure(host, config, issue, ctx);
  if (self != NULL) self->kept = (void*)(uintptr_t)config;
  return self;
}

static void read_and_send(msgr_instance* self, const msgr_op* op, const msgr_message* message) {
  last = ((const msgr_config*)self->kept)->field_count;
  posts_send(self, op, message);
}

#define TYPE "KeepsTheConfiguration"
#define NEEDS posts_needs
#define CONFIGURE configure_and_keep
#define SEND read_and_send
#define CANCEL posts_cancel
#define DESTROY posts_destroy
#include "table.h"
