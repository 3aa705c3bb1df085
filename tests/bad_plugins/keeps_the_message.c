/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the last message when it is destroyed. */
#include "posts.h"

static volatile char last;

static void keep_and_send(msgr_instance* self, const msgr_op* op, const msgr_message* message) {
  __atomic_store_n(&self->kept, (void*)(uintptr_t)message, __ATOMIC_RELAXED);
  posts_send(self, op, message);
}

static void read_and_destroy(msgr_instance* self) {
  if (self->kept != NULL) last = ((const msgr_message*)self->kept)->to.ptr[0];
  posts_destroy(self);
}

#define TYPE "KeepsTheMessage"
#define NEEDS posts_needs
#define CONFIGURE posts_configure
#define SEND keep_and_send
#define CANCEL posts_cancel
#define DESTROY read_and_destroy
#include "table.h"
