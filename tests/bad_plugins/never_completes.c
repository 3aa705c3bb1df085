/* SPDX-License-Identifier: Apache-2.0 */
/* Never completes, and takes no hint to. */
#include "minimal.h"

static void forget(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  (void)instance, (void)op, (void)message;
}

MINIMAL_PLUGIN("NeverCompletes", forget)
