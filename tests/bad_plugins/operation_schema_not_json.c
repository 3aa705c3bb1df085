/* SPDX-License-Identifier: Apache-2.0 */
/* What an operation takes is not described by JSON. */
#include <messenger/operations.h>

#include <string.h>

#include "minimal.h"

static void call(msgr_instance* instance, const msgr_op* op, const msgr_call* given) {
  (void)given;
  minimal_host(instance)->complete(minimal_host(instance), op->ticket, MSGR_OK, NULL);
}

static const msgr_operation catalogue[] = {{"a", NULL, TEXT("{\"type\":"), {NULL, 0}, 0, 0}};
static const msgr_operations operations = {sizeof operations, 0, catalogue, 1, call};

static const void* extension(const char* id) {
  return strcmp(id, MSGR_OPERATIONS_1) == 0 ? &operations : NULL;
}

#define TYPE "OperationSchema"
#define EXTENSION extension
#include "table.h"
