/* SPDX-License-Identifier: Apache-2.0 */
/* Never comes back from send. */
#include <unistd.h>

#include "minimal.h"

static void block(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  (void)instance, (void)op, (void)message;
  while (1) pause();
}

#define TYPE "BlocksInSend"
#define SEND block
#include "table.h"
