/* SPDX-License-Identifier: Apache-2.0 */
/* No instance sends any more when one has been destroyed. */
#include "minimal.h"

static int over;

static void send_until_over(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  if (__atomic_load_n(&over, __ATOMIC_RELAXED) == 0) minimal_send(instance, op, message);
}

static void end_all(msgr_instance* instance) {
  (void)instance;
  __atomic_store_n(&over, 1, __ATOMIC_RELAXED);
}

#define TYPE "SharesItsState"
#define SEND send_until_over
#define DESTROY end_all
#include "table.h"
