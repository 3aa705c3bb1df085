/* SPDX-License-Identifier: Apache-2.0 */
/* Completes tickets that it was never given: none, the first of all, the last of all, one that is still to come. */
#include "minimal.h"

static void complete_others(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  const msgr_host* host = minimal_host(instance);
  host->complete(host, 0, MSGR_REJECTED, NULL);
  host->complete(host, 1, MSGR_REJECTED, NULL);
  host->complete(host, UINT64_MAX, MSGR_REJECTED, NULL);
  host->complete(host, op->ticket + ((uint64_t)1 << 40), MSGR_REJECTED, NULL);
  minimal_send(instance, op, message);
}

MINIMAL_PLUGIN("CompletesForeignTickets", complete_others)
