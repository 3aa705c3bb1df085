/* SPDX-License-Identifier: Apache-2.0 */
/* Takes a signal for itself. */
#include <signal.h>

#include "minimal.h"

static msgr_instance* take(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  signal(SIGPIPE, SIG_IGN);
  return minimal_configure(host, config, issue, ctx);
}

#define TYPE "HandlesASignal"
#define CONFIGURE take
#include "table.h"
