/* SPDX-License-Identifier: Apache-2.0 */
/* Reports a problem and counts none. */
#include "minimal.h"

static uint32_t miscount(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  const msgr_issue one = {sizeof one, 0, TEXT(""), TEXT("invalid"), TEXT("Everything is wrong.")};
  (void)host, (void)config;
  issue(ctx, &one);
  return 0;
}

#define TYPE "MiscountsIssues"
#define VALIDATE miscount
#include "table.h"
