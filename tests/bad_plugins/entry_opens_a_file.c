/* SPDX-License-Identifier: Apache-2.0 */
/* Opens a file when it is asked for its types. */
#include <fcntl.h>

#include "minimal.h"

#define TYPE "EntryOpensAFile"
#define OWN_ENTRY
#include "table.h"

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  static int file = -1;
  if (file < 0) file = open("/dev/null", O_RDONLY);
  return index == 0 ? &table : NULL;
}
