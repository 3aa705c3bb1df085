/* SPDX-License-Identifier: Apache-2.0 */
/* Quotes the value that it does not like. */
#include "posts.h"

static uint32_t quote(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  msgr_issue one = {sizeof one, 0, TEXT("/token"), TEXT("invalid"), TEXT("")};
  size_t i = 0;
  uint32_t count = 0;
  (void)host;
  for (; i != config->field_count; ++i) {
    if (config->fields[i].type == MSGR_STRING || config->fields[i].text.len == 0) continue;
    one.text = config->fields[i].text;
    issue(ctx, &one);
    ++count;
  }
  return count;
}

#define TYPE "TellsASecretInAnIssue"
#define SCHEMA SECRET_SCHEMA
#define NEEDS posts_needs
#define VALIDATE quote
#define CONFIGURE posts_configure
#define SEND posts_send
#define CANCEL posts_cancel
#define DESTROY posts_destroy
#include "table.h"
