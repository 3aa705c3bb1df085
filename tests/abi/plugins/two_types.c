/* SPDX-License-Identifier: Apache-2.0 */
/* One library, two types. */
#include "minimal.h"

static const msgr_plugin tables[] = {MINIMAL_TABLE("First", minimal_send), MINIMAL_TABLE("Second", minimal_send)};

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  return index < 2 ? &tables[index] : NULL;
}
