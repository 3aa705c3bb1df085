/* SPDX-License-Identifier: Apache-2.0 */
/* Forgets an op whose text is long. */
#include "minimal.h"

static void send_short(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  if (message->body.len <= 1600) minimal_send(instance, op, message);
}

#define TYPE "DropsLongMessages"
#define SEND send_short
#include "table.h"
