/* SPDX-License-Identifier: Apache-2.0 */
/* Says that its threads cannot be ended. */
#include "minimal.h"

static uint32_t fail(msgr_instance* instance, uint64_t deadline_ns) {
  (void)instance, (void)deadline_ns;
  return 0;
}

static const msgr_plugin table = {
    sizeof table, MSGR_ABI_MINOR,   "StopFails",       NULL,         NULL, NULL, TEXT("{}"),
    NULL,         minimal_validate, minimal_configure, minimal_send, NULL, fail, minimal_destroy,
    NULL};

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  return index == 0 ? &table : NULL;
}
