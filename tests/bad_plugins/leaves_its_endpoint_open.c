/* SPDX-License-Identifier: Apache-2.0 */
/* Never closes what it opened. */
#include "posts.h"

static void destroy_half(msgr_instance* self) {
  free(self);
}

#define TYPE "LeavesItsEndpointOpen"
#define NEEDS posts_needs
#define CONFIGURE posts_configure
#define SEND posts_send
#define CANCEL posts_cancel
#define DESTROY destroy_half
#include "table.h"
