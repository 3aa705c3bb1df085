/* SPDX-License-Identifier: Apache-2.0 */
/* Comes back from send when the answer is there. */
#include <unistd.h>

#include "posts.h"

static int answered; /* of one send at a time */

static void note(void* ctx, const msgr_http_response* response) {
  posts_judge(ctx, response);
  __atomic_store_n(&answered, 1, __ATOMIC_RELEASE);
}

static void send_and_wait(msgr_instance* self, const msgr_op* op, const msgr_message* message) {
  __atomic_store_n(&answered, 0, __ATOMIC_RELEASE);
  posts_send_to(self, op, message, note);
  while (__atomic_load_n(&answered, __ATOMIC_ACQUIRE) == 0) usleep(1000);
}

#define TYPE "WaitsForTheAnswer"
#define NEEDS posts_needs
#define CONFIGURE posts_configure
#define SEND send_and_wait
#define CANCEL posts_cancel
#define DESTROY posts_destroy
#include "table.h"
