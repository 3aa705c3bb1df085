/* SPDX-License-Identifier: Apache-2.0 */
/* Writes to where nothing is when it is configured. */
#include "minimal.h"

static volatile int* volatile nowhere;

static msgr_instance* crash(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  (void)host, (void)config, (void)issue, (void)ctx;
  *nowhere = 1;
  return NULL;
}

#define TYPE "CrashesInConfigure"
#define CONFIGURE crash
#include "table.h"
