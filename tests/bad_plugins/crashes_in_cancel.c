/* SPDX-License-Identifier: Apache-2.0 */
/* Writes to where nothing is when it shall cancel. */
#include "minimal.h"

static volatile int* volatile nowhere;

static void crash(msgr_instance* instance, uint64_t ticket) {
  (void)instance, (void)ticket;
  *nowhere = 1;
}

#define TYPE "CrashesInCancel"
#define CANCEL crash
#include "table.h"
