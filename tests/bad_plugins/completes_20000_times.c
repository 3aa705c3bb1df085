/* SPDX-License-Identifier: Apache-2.0 */
/* Completes every op twenty thousand times inside send. */
#include "minimal.h"

static void complete_often(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  const uint64_t ticket = op->ticket;
  int i = 0;
  (void)message;
  for (; i != 20000; ++i) minimal_host(instance)->complete(minimal_host(instance), ticket, MSGR_OK, NULL);
}

MINIMAL_PLUGIN("Completes20000Times", complete_often)
