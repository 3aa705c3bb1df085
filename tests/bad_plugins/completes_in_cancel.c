/* SPDX-License-Identifier: Apache-2.0 */
/* Completes whatever it is told to cancel. */
#include "minimal.h"

static void complete(msgr_instance* instance, uint64_t ticket) {
  minimal_host(instance)->complete(minimal_host(instance), ticket, MSGR_CANCELLED, NULL);
}

#define TYPE "CompletesInCancel"
#define CANCEL complete
#include "table.h"
