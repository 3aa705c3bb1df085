/* SPDX-License-Identifier: Apache-2.0 */
/* Opens an endpoint to check a configuration. */
#include "posts.h"

static uint32_t try_endpoint(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  (void)config;
  posts_http(host)->close(posts_open(host, issue, ctx));
  return 0;
}

#define TYPE "ValidateOpensEndpoint"
#define NEEDS posts_needs
#define VALIDATE try_endpoint
#define CONFIGURE posts_configure
#define SEND posts_send
#define CANCEL posts_cancel
#define DESTROY posts_destroy
#include "table.h"
