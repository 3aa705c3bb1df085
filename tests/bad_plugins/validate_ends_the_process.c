/* SPDX-License-Identifier: Apache-2.0 */
/* Ends the process when it is asked to check a configuration. */
#include <unistd.h>

#include "minimal.h"

static uint32_t end(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  (void)host, (void)config, (void)issue, (void)ctx;
  _exit(0);
}

#define TYPE "ValidateEndsTheProcess"
#define VALIDATE end
#include "table.h"
