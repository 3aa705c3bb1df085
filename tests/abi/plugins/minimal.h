/* SPDX-License-Identifier: Apache-2.0 */
/* The least that a plugin does: every send is OK, inside send. What differs is in each file. */
#ifndef MESSENGER_TESTS_MINIMAL_H
#define MESSENGER_TESTS_MINIMAL_H

#include <messenger/plugin.h>

#define TEXT(literal) \
  { (literal), sizeof(literal) - 1 }

static inline uint32_t minimal_validate(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue,
                                        void* ctx) {
  (void)host, (void)config, (void)issue, (void)ctx;
  return 0;
}

/* The host is all the state there is. */
static inline msgr_instance* minimal_configure(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue,
                                               void* ctx) {
  (void)config, (void)issue, (void)ctx;
  return (msgr_instance*)(uintptr_t)host;
}

static inline const msgr_host* minimal_host(const msgr_instance* instance) {
  return (const msgr_host*)(uintptr_t)instance;
}

static inline void minimal_send(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  (void)message;
  minimal_host(instance)->complete(minimal_host(instance), op->ticket, MSGR_OK, NULL);
}

static inline void minimal_destroy(msgr_instance* instance) {
  (void)instance;
}

/* The table's members in their order, so that C++ takes them too. */
#define MINIMAL_TABLE(type, send)                                                                    \
  {                                                                                                  \
    sizeof(msgr_plugin), MSGR_ABI_MINOR, type, NULL, NULL, NULL, TEXT("{}"), NULL, minimal_validate, \
        minimal_configure, send, NULL, NULL, minimal_destroy, NULL                                   \
  }

#define MINIMAL_PLUGIN(type, send)                            \
  static const msgr_plugin table = MINIMAL_TABLE(type, send); \
  const msgr_plugin* msgr_plugin_v1(uint32_t index) {         \
    return index == 0 ? &table : NULL;                        \
  }

#endif
