/* SPDX-License-Identifier: Apache-2.0 */
/* Wants what its schema does not ask for. */
#include "minimal.h"

static uint32_t want(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  const msgr_issue one = {sizeof one, 0, TEXT("/account"), TEXT("missing"), TEXT("You must specify an account.")};
  (void)host;
  if (config->field_count == 1) return 0;
  issue(ctx, &one);
  return 1;
}

static msgr_instance* configure_if(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  return want(host, config, issue, ctx) == 0 ? minimal_configure(host, config, issue, ctx) : NULL;
}

#define TYPE "SchemaMisleads"
#define VALIDATE want
#define CONFIGURE configure_if
#include "table.h"
