/* SPDX-License-Identifier: Apache-2.0 */
/* Writes its token into the log. */
#include "posts.h"

static msgr_instance* tell_and_configure(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue,
                                         void* ctx) {
  size_t i = 0;
  for (; i != config->field_count; ++i) host->log(host, MSGR_LOG_DEBUG, config->fields[i].text);
  return posts_configure(host, config, issue, ctx);
}

#define TYPE "LogsItsSecret"
#define SCHEMA SECRET_SCHEMA
#define NEEDS posts_needs
#define CONFIGURE tell_and_configure
#define SEND posts_send
#define CANCEL posts_cancel
#define DESTROY posts_destroy
#include "table.h"
