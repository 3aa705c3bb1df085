/* SPDX-License-Identifier: Apache-2.0 */
/* Built against a later minor version, whose struct has grown at its tail. */
#include "minimal.h"

static const struct {
  msgr_plugin known;
  void (*added)(void);
} table = {{sizeof table, MSGR_ABI_MINOR + 7, "Newer", NULL, NULL, NULL, TEXT("{}"), NULL, minimal_validate,
            minimal_configure, minimal_send, NULL, NULL, minimal_destroy, NULL},
           NULL};

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  return index == 0 ? &table.known : NULL;
}
