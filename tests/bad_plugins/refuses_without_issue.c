/* SPDX-License-Identifier: Apache-2.0 */
/* Refuses every configuration and does not say why. */
#include "minimal.h"

static msgr_instance* refuse(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  (void)host, (void)config, (void)issue, (void)ctx;
  return NULL;
}

#define TYPE "RefusesWithoutIssue"
#define CONFIGURE refuse
#include "table.h"
