/* SPDX-License-Identifier: Apache-2.0 */
/*
 * msgr.receipts/1: what a provider tells about a message after it was sent, got by
 * plugin->get_extension(MSGR_RECEIPTS_1). The host receives the provider's HTTP request and hands it on; the plugin
 * verifies who sent it and says what it means. The rules at the top of messenger/plugin.h hold.
 *
 * A host that receives such requests gives each message the attribute "receiptUrl": where the provider is to send them.
 */
#ifndef MESSENGER_RECEIPTS_H
#define MESSENGER_RECEIPTS_H

#include <messenger/plugin.h>

#define MSGR_RECEIPTS_1 "msgr.receipts/1"
#define MSGR_RECEIPT_URL "receiptUrl" /* a message's attribute, reserved for the host */

/* Where a message stands. Any other number reads as MSGR_STATUS_OTHER. */
enum {
  MSGR_STATUS_OTHER = 0,       /* see provider_status */
  MSGR_STATUS_ACCEPTED = 1,    /* the provider has it and will choose a sender */
  MSGR_STATUS_SCHEDULED = 2,   /* for later */
  MSGR_STATUS_QUEUED = 3,      /* with its sender */
  MSGR_STATUS_SENDING = 4,     /* on its way to the network */
  MSGR_STATUS_SENT = 5,        /* the network has it */
  MSGR_STATUS_DELIVERED = 6,   /* final: the recipient's device has it */
  MSGR_STATUS_READ = 7,        /* final: and it was read */
  MSGR_STATUS_UNDELIVERED = 8, /* final: the network did not deliver it */
  MSGR_STATUS_FAILED = 9,      /* final: it never left the provider */
  MSGR_STATUS_CANCELED = 10,   /* final: it was taken back */
  MSGR_STATUS_INBOUND = 11     /* not ours: a message to the sender */
};

/* The request as the host received it. */
typedef struct msgr_callback {
  uint32_t size, flags;     /* flags: 0 */
  msgr_str method;          /* "POST" */
  msgr_str url;             /* as the provider was given it, with the query that it used; never from a Host header */
  msgr_str body;            /* as received */
  const msgr_pair* headers; /* names in any case; names may repeat */
  size_t header_count;
} msgr_callback;

/* One event. They may come twice and in any order; putting them in order is the host's part. */
typedef struct msgr_receipt {
  uint32_t size, status;    /* MSGR_STATUS_… */
  msgr_str provider_id;     /* msgr_result.provider_id of the message */
  msgr_str provider_status; /* in the provider's own word */
  msgr_str provider_code;   /* its error code, or absent */
} msgr_receipt;
typedef void (*msgr_receipt_fn)(void* ctx, const msgr_receipt* receipt); /* called within read only */

/* What read() answers. */
enum {
  MSGR_RECEIPT_FORGED = 0,   /* not from the provider, or it cannot be told: nothing in it is to be believed */
  MSGR_RECEIPT_READ = 1,     /* genuine, and every event in it was told; there may be none */
  MSGR_RECEIPT_MALFORMED = 2 /* genuine, but not understood */
};

/* Static and constant with all that it points to: it lives as long as the library. */
typedef struct msgr_receipts {
  uint32_t size, flags; /* flags: 0 */
  /* [any] Pure but for the log: no I/O, no waiting. Tells events only when it answers MSGR_RECEIPT_READ. */
  uint32_t (*read)(msgr_instance* instance, const msgr_callback* callback, msgr_receipt_fn told, void* ctx);
} msgr_receipts;

#endif
