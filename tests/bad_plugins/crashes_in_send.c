/* SPDX-License-Identifier: Apache-2.0 */
/* Writes to where nothing is when it shall send. */
#include "minimal.h"

static volatile int* volatile nowhere;

static void crash(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  *nowhere = 1;
  minimal_send(instance, op, message);
}

#define TYPE "CrashesInSend"
#define SEND crash
#include "table.h"
