/* SPDX-License-Identifier: Apache-2.0 */
/* Completes its last op once more while it is destroyed, when it has long drained. */
#include <stdlib.h>

#include "minimal.h"

struct msgr_instance {
  const msgr_host* host;
  uint64_t last;
};

static msgr_instance* remember_host(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  msgr_instance* instance = calloc(1, sizeof *instance);
  (void)config, (void)issue, (void)ctx;
  if (instance != NULL) instance->host = host;
  return instance;
}

static void remember_ticket(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  (void)message;
  __atomic_store_n(&instance->last, op->ticket, __ATOMIC_RELAXED);
  instance->host->complete(instance->host, op->ticket, MSGR_OK, NULL);
}

static void complete_and_destroy(msgr_instance* instance) {
  instance->host->complete(instance->host, instance->last, MSGR_REJECTED, NULL);
  free(instance);
}

static const msgr_plugin table = {sizeof table,
                                  MSGR_ABI_MINOR,
                                  "CompletesAfterDrain",
                                  NULL,
                                  NULL,
                                  NULL,
                                  TEXT("{}"),
                                  NULL,
                                  minimal_validate,
                                  remember_host,
                                  remember_ticket,
                                  NULL,
                                  NULL,
                                  complete_and_destroy,
                                  NULL};

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  return index == 0 ? &table : NULL;
}
