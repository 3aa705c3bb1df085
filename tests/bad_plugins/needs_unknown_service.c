/* SPDX-License-Identifier: Apache-2.0 */
/* Needs what no host offers. */
#include "minimal.h"

static const char* const needs[] = {"test.nowhere/1", NULL};
static const msgr_plugin table = {
    sizeof table, MSGR_ABI_MINOR,   "NeedsUnknownService", NULL,         NULL, NULL, TEXT("{}"),
    needs,        minimal_validate, minimal_configure,     minimal_send, NULL, NULL, minimal_destroy,
    NULL};

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  return index == 0 ? &table : NULL;
}
