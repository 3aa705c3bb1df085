/* SPDX-License-Identifier: Apache-2.0 */
/* Completes every op twice. */
#include "minimal.h"

static void complete_twice(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  const uint64_t ticket = op->ticket; /* op is gone once it is complete */
  minimal_send(instance, op, message);
  minimal_host(instance)->complete(minimal_host(instance), ticket, MSGR_REJECTED, NULL);
}

MINIMAL_PLUGIN("CompletesTwice", complete_twice)
