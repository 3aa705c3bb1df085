/* SPDX-License-Identifier: Apache-2.0 */
/* Accepts a configuration the first time, and refuses it the next. */
#include "minimal.h"

static uint32_t remember(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  static unsigned calls;
  const msgr_issue one = {sizeof one, 0, TEXT(""), TEXT("invalid"), TEXT("It was asked before.")};
  (void)host, (void)config;
  if (__atomic_fetch_add(&calls, 1, __ATOMIC_RELAXED) == 0) return 0;
  issue(ctx, &one);
  return 1;
}

#define TYPE "ValidateRemembers"
#define VALIDATE remember
#include "table.h"
