/* SPDX-License-Identifier: Apache-2.0 */
/* Linked without -z defs, it calls a function that nobody has. */
#include "minimal.h"

void no_such_function_anywhere(void);

static void call_nobody(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  no_such_function_anywhere();
  minimal_send(instance, op, message);
}

MINIMAL_PLUGIN("UnresolvedSymbol", call_nobody)
