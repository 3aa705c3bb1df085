/* SPDX-License-Identifier: Apache-2.0 */
/* Takes a text's end to be at a NUL. */
#include <string.h>

#include "minimal.h"

static volatile size_t length;

static void measure_and_send(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  length = strlen(message->body.ptr);
  minimal_send(instance, op, message);
}

#define TYPE "ReadsToTheNul"
#define SEND measure_and_send
#include "table.h"
