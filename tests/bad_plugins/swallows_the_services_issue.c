/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps to itself why the service opens no endpoint. */
#include "posts.h"

static void swallow(void* ctx, const msgr_issue* issue) {
  (void)ctx, (void)issue;
}

static msgr_instance* configure_silently(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue,
                                         void* ctx) {
  (void)issue;
  return posts_configure(host, config, swallow, ctx);
}

#define TYPE "SwallowsTheServicesIssue"
#define NEEDS posts_needs
#define CONFIGURE configure_silently
#define SEND posts_send
#define CANCEL posts_cancel
#define DESTROY posts_destroy
#include "table.h"
