/* SPDX-License-Identifier: Apache-2.0 */
/* Writes to where nothing is when it is destroyed. */
#include "minimal.h"

static volatile int* volatile nowhere;

static void crash(msgr_instance* instance) {
  (void)instance;
  *nowhere = 1;
}

#define TYPE "CrashesInDestroy"
#define DESTROY crash
#include "table.h"
