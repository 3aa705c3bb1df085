/* SPDX-License-Identifier: Apache-2.0 */
/* Gives an output that is not JSON. */
#include <messenger/operations.h>
#include <string.h>

#include "minimal.h"

static void call(msgr_instance* instance, const msgr_op* op, const msgr_call* given) {
  const msgr_host* host = minimal_host(instance);
  const msgr_str output = TEXT("seven");
  (void)given;
  host->output(host, op->ticket, output);
  host->complete(host, op->ticket, MSGR_OK, NULL);
}

static const msgr_operation catalogue[] = {
    {"things.count", NULL, TEXT("{\"type\":\"object\"}"), TEXT("{}"), MSGR_OPERATION_SAFE, 0}};
static const msgr_operations operations = {sizeof operations, 0, catalogue, 1, call};

static const void* extension(const char* id) {
  return strcmp(id, MSGR_OPERATIONS_1) == 0 ? &operations : NULL;
}

#define TYPE "CallOutputsText"
#define EXTENSION extension
#include "table.h"
