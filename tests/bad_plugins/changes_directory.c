/* SPDX-License-Identifier: Apache-2.0 */
/* Changes the working directory to find its files. */
#include <stdlib.h>
#include <unistd.h>

#include "minimal.h"

static msgr_instance* move(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  if (chdir("/") != 0) abort();
  return minimal_configure(host, config, issue, ctx);
}

#define TYPE "ChangesDirectory"
#define CONFIGURE move
#include "table.h"
