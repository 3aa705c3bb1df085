/* SPDX-License-Identifier: Apache-2.0 */
/* Completes a call twice. */
#include <messenger/operations.h>
#include <string.h>

#include "minimal.h"

static void call(msgr_instance* instance, const msgr_op* op, const msgr_call* given) {
  const msgr_host* host = minimal_host(instance);
  const uint64_t ticket = op->ticket;
  (void)given;
  host->complete(host, ticket, MSGR_OK, NULL);
  host->complete(host, ticket, MSGR_OK, NULL);
}

static const msgr_operation catalogue[] = {
    {"things.count", NULL, TEXT("{\"type\":\"object\"}"), TEXT("{}"), MSGR_OPERATION_SAFE, 0}};
static const msgr_operations operations = {sizeof operations, 0, catalogue, 1, call};

static const void* extension(const char* id) {
  return strcmp(id, MSGR_OPERATIONS_1) == 0 ? &operations : NULL;
}

#define TYPE "CallCompletesTwice"
#define EXTENSION extension
#include "table.h"
