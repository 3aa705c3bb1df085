/* SPDX-License-Identifier: Apache-2.0 */
/* Two operations have one name. */
#include <messenger/operations.h>

#include <string.h>

#include "minimal.h"

static void call(msgr_instance* instance, const msgr_op* op, const msgr_call* given) {
  (void)given;
  minimal_host(instance)->complete(minimal_host(instance), op->ticket, MSGR_OK, NULL);
}

static const msgr_operation catalogue[] = {{"things.list", NULL, TEXT("{}"), {NULL, 0}, 0, 0},
                                           {"things.list", NULL, TEXT("{}"), {NULL, 0}, 0, 0}};
static const msgr_operations operations = {sizeof operations, 0, catalogue, 2, call};

static const void* extension(const char* id) {
  return strcmp(id, MSGR_OPERATIONS_1) == 0 ? &operations : NULL;
}

#define TYPE "OperationTwice"
#define EXTENSION extension
#include "table.h"
