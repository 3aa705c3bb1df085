/* SPDX-License-Identifier: Apache-2.0 */
/* Says where a problem is, but not what it is. */
#include "minimal.h"

static uint32_t hint(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  const msgr_issue one = {sizeof one, 0, TEXT("/url"), TEXT("invalid"), {NULL, 0}};
  (void)host;
  if (config->field_count != 0) return 0;
  issue(ctx, &one);
  return 1;
}

#define TYPE "IssueWithoutText"
#define VALIDATE hint
#include "table.h"
