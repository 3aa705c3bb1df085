/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the text of every message into the log. */
#include "minimal.h"

static void tell_and_send(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  minimal_host(instance)->log(minimal_host(instance), MSGR_LOG_DEBUG, message->body);
  minimal_send(instance, op, message);
}

#define TYPE "LogsTheCode"
#define SEND tell_and_send
#include "table.h"
