/* SPDX-License-Identifier: Apache-2.0 */
/* Completes inside send, giving back what it was sent. */
#include "minimal.h"

static void echo_send(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  const msgr_host* host = minimal_host(instance);
  msgr_result result = {sizeof result, 202, 0, {NULL, 0}, {NULL, 0}, {NULL, 0}};
  result.retry_after_ms = message->attribute_count;
  result.provider_id = message->to;
  result.provider_code = op->idempotency_key;
  result.detail = message->body;
  host->complete(host, op->ticket, MSGR_OK, &result);
}

static const char* const no_needs[] = {NULL};
static const msgr_plugin table = {sizeof table,
                                  MSGR_ABI_MINOR,
                                  "Echo",
                                  "Echo messenger",
                                  "Tests",
                                  "1.2.3",
                                  TEXT("{\"type\":\"object\"}"),
                                  no_needs,
                                  minimal_validate,
                                  minimal_configure,
                                  echo_send,
                                  NULL,
                                  NULL,
                                  minimal_destroy,
                                  NULL};

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  return index == 0 ? &table : NULL;
}
