/* SPDX-License-Identifier: Apache-2.0 */
/* Ends the process in call. */
#include <messenger/operations.h>
#include <stdlib.h>
#include <string.h>

#include "minimal.h"

static void call(msgr_instance* instance, const msgr_op* op, const msgr_call* given) {
  (void)instance, (void)op, (void)given;
  abort();
}

static const msgr_operation catalogue[] = {
    {"things.count", NULL, TEXT("{\"type\":\"object\"}"), TEXT("{}"), MSGR_OPERATION_SAFE, 0}};
static const msgr_operations operations = {sizeof operations, 0, catalogue, 1, call};

static const void* extension(const char* id) {
  return strcmp(id, MSGR_OPERATIONS_1) == 0 ? &operations : NULL;
}

#define TYPE "CallCrashes"
#define EXTENSION extension
#include "table.h"
