/* SPDX-License-Identifier: Apache-2.0 */
/* A good type and one without send. */
#include "minimal.h"

static const msgr_plugin tables[] = {MINIMAL_TABLE("Good", minimal_send), MINIMAL_TABLE("NoSend", NULL)};

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  return index < 2 ? &tables[index] : NULL;
}
