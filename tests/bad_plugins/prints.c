/* SPDX-License-Identifier: Apache-2.0 */
/* Writes to standard output. */
#include <stdio.h>

#include "minimal.h"

static void print_and_send(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  puts("sending");
  minimal_send(instance, op, message);
}

#define TYPE "Prints"
#define SEND print_and_send
#include "table.h"
