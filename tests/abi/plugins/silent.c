/* SPDX-License-Identifier: Apache-2.0 */
/* Never completes. */
#include "minimal.h"

static void silent_send(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  (void)instance, (void)op, (void)message;
}

MINIMAL_PLUGIN("Silent", silent_send)
