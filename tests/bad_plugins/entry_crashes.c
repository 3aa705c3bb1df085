/* SPDX-License-Identifier: Apache-2.0 */
/* Its entry writes to where nothing is. */
#include "minimal.h"

#define TYPE "EntryCrashes"
#define OWN_ENTRY
#include "table.h"

static volatile int* volatile nowhere;

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  *nowhere = 1;
  return index == 0 ? &table : NULL;
}
