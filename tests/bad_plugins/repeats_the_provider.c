/* SPDX-License-Identifier: Apache-2.0 */
/* Gives the provider's text as its own. */
#include "posts.h"

static void judge(void* ctx, const msgr_http_response* response) {
  const msgr_instance* self = (const msgr_instance*)ctx;
  msgr_result result = {sizeof result, 0, 0, {NULL, 0}, {NULL, 0}, {NULL, 0}};
  if (response->status >= 400 && memchr(response->body.ptr, '\x80', response->body.len) == NULL) {
    result.detail = response->body;
  }
  self->host->complete(self->host, response->ticket, posts_outcome(response), &result);
}

static void send_and_judge(msgr_instance* self, const msgr_op* op, const msgr_message* message) {
  posts_send_to(self, op, message, judge);
}

#define TYPE "RepeatsTheProvider"
#define NEEDS posts_needs
#define CONFIGURE posts_configure
#define SEND send_and_judge
#define CANCEL posts_cancel
#define DESTROY posts_destroy
#include "table.h"
