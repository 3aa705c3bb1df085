/* SPDX-License-Identifier: Apache-2.0 */
/* Completes every op twice. */
#include "minimal.h"

static void twice_send(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  const uint64_t ticket = op->ticket;
  minimal_send(instance, op, message);
  minimal_host(instance)->complete(minimal_host(instance), ticket, MSGR_REJECTED, NULL);
}

MINIMAL_PLUGIN("Twice", twice_send)
