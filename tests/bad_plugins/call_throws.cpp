// SPDX-License-Identifier: Apache-2.0
// Throws from call.
#include <messenger/operations.h>

#include <cstring>
#include <stdexcept>

#include "minimal.h"

static void call(msgr_instance* instance, const msgr_op* op, const msgr_call* given) {
  (void)instance, (void)op, (void)given;
  throw std::runtime_error("thrown");
}

static const msgr_operation catalogue[] = {
    {"things.count", NULL, TEXT("{\"type\":\"object\"}"), TEXT("{}"), MSGR_OPERATION_SAFE, 0}};
static const msgr_operations operations = {sizeof operations, 0, catalogue, 1, call};

static const void* extension(const char* id) {
  return std::strcmp(id, MSGR_OPERATIONS_1) == 0 ? &operations : NULL;
}

#define TYPE "CallThrows"
#define EXTENSION extension
#include "table.h"
