/* SPDX-License-Identifier: Apache-2.0 */
/* Offers to read receipts, and has no function for it. */
#include <messenger/receipts.h>

#include <string.h>

#include "minimal.h"

static const msgr_receipts receipts = {sizeof receipts, 0, NULL};

static const void* extension(const char* id) {
  return strcmp(id, MSGR_RECEIPTS_1) == 0 ? &receipts : NULL;
}

#define TYPE "NoRead"
#define EXTENSION extension
#include "table.h"
