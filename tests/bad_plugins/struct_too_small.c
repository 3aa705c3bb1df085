/* SPDX-License-Identifier: Apache-2.0 */
/* The struct ends after the type: reading on would be reading beyond it. */
#include "minimal.h"

static const struct {
  uint32_t size, abi_minor;
  const char* type;
} table = {sizeof table, 0, "StructTooSmall"};

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  return index == 0 ? (const msgr_plugin*)(const void*)&table : NULL;
}
