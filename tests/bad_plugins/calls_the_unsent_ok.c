/* SPDX-License-Identifier: Apache-2.0 */
/* Takes a request that never left for accepted. */
#include "posts.h"

static void judge(void* ctx, const msgr_http_response* response) {
  const msgr_instance* self = (const msgr_instance*)ctx;
  const int unsent = response->request_sent == 0;
  self->host->complete(self->host, response->ticket, unsent ? MSGR_OK : posts_outcome(response), NULL);
}

static void send_and_judge(msgr_instance* self, const msgr_op* op, const msgr_message* message) {
  posts_send_to(self, op, message, judge);
}

#define TYPE "CallsTheUnsentOk"
#define NEEDS posts_needs
#define CONFIGURE posts_configure
#define SEND send_and_judge
#define CANCEL posts_cancel
#define DESTROY posts_destroy
#include "table.h"
