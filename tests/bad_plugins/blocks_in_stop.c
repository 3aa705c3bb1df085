/* SPDX-License-Identifier: Apache-2.0 */
/* Never comes back from stop. */
#include <unistd.h>

#include "minimal.h"

static uint32_t block(msgr_instance* instance, uint64_t deadline_ns) {
  (void)instance, (void)deadline_ns;
  while (1) pause();
  return 1;
}

#define TYPE "BlocksInStop"
#define STOP block
#include "table.h"
