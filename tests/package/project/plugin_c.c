/* SPDX-License-Identifier: Apache-2.0 */
/* A messenger for a trial run: it takes every message and delivers none. The header is all it is made of. */
#include <messenger/plugin.h>

#define TEXT(literal) \
  { literal, sizeof(literal) - 1 }

static uint32_t validate(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  (void)host, (void)config, (void)issue, (void)ctx;
  return 0;
}

/* The host is all the state there is. */
static msgr_instance* configure(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  (void)config, (void)issue, (void)ctx;
  return (msgr_instance*)(uintptr_t)host;
}

static void send_message(msgr_instance* self, const msgr_op* op, const msgr_message* message) {
  const msgr_host* host = (const msgr_host*)(uintptr_t)self;
  const msgr_result result = {.size = sizeof result, .provider_id = TEXT("sink"), .detail = TEXT("Thrown away.")};
  (void)message;
  host->complete(host, op->ticket, MSGR_OK, &result);
}

static void destroy(msgr_instance* self) {
  (void)self;
}

static const msgr_plugin plugin = {.size = sizeof(msgr_plugin),
                                   .abi_minor = MSGR_ABI_MINOR,
                                   .type = "Sink",
                                   .config_schema = TEXT("{\"type\":\"object\"}"),
                                   .validate = validate,
                                   .configure = configure,
                                   .send = send_message,
                                   .destroy = destroy};

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  return index == 0 ? &plugin : NULL;
}
