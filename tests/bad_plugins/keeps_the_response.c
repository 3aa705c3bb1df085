/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the last response when the next one comes. */
#include "posts.h"

static volatile uint32_t last;

static void judge(void* ctx, const msgr_http_response* response) {
  msgr_instance* self = (msgr_instance*)ctx;
  if (self->kept != NULL) last = ((const msgr_http_response*)self->kept)->status;
  self->kept = (void*)(uintptr_t)response;
  posts_judge(ctx, response);
}

static void send_and_judge(msgr_instance* self, const msgr_op* op, const msgr_message* message) {
  posts_send_to(self, op, message, judge);
}

#define TYPE "KeepsTheResponse"
#define NEEDS posts_needs
#define CONFIGURE posts_configure
#define SEND send_and_judge
#define CANCEL posts_cancel
#define DESTROY posts_destroy
#include "table.h"
