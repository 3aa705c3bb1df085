/* SPDX-License-Identifier: Apache-2.0 */
/* Takes every callback for its provider's. */
#include <messenger/receipts.h>
#include <string.h>

#include "minimal.h"

static uint32_t believe(msgr_instance* instance, const msgr_callback* callback, msgr_receipt_fn told, void* ctx) {
  msgr_receipt receipt = {sizeof receipt, MSGR_STATUS_DELIVERED, {NULL, 0}, {NULL, 0}, {NULL, 0}};
  (void)instance;
  receipt.provider_id = callback->body;
  told(ctx, &receipt);
  return MSGR_RECEIPT_READ;
}

static const msgr_receipts receipts = {sizeof receipts, 0, believe};

static const void* extension(const char* id) {
  return strcmp(id, MSGR_RECEIPTS_1) == 0 ? &receipts : NULL;
}

#define TYPE "BelievesEveryReceipt"
#define EXTENSION extension
#include "table.h"
