/* SPDX-License-Identifier: Apache-2.0 */
/* Forgets an op that comes while another one is being sent. */
#include <unistd.h>

#include "minimal.h"

static int busy;

static void send_alone(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  if (__atomic_exchange_n(&busy, 1, __ATOMIC_ACQUIRE) != 0) return;
  usleep(1000);
  minimal_send(instance, op, message);
  __atomic_store_n(&busy, 0, __ATOMIC_RELEASE);
}

#define TYPE "DropsConcurrentSends"
#define SEND send_alone
#include "table.h"
