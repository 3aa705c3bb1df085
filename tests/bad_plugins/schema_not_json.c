/* SPDX-License-Identifier: Apache-2.0 */
/* Its configuration's schema is no JSON object. */
#include "minimal.h"

static const msgr_plugin table = {
    sizeof table, MSGR_ABI_MINOR,   "SchemaNotJson",   NULL,         NULL, NULL, TEXT("<schema/>"),
    NULL,         minimal_validate, minimal_configure, minimal_send, NULL, NULL, minimal_destroy,
    NULL};

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  return index == 0 ? &table : NULL;
}
