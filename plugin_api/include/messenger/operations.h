/* SPDX-License-Identifier: Apache-2.0 */
/*
 * msgr.operations/1: what a messenger can do beside sending, got by plugin->get_extension(MSGR_OPERATIONS_1). A type
 * publishes a catalogue of named operations; the host runs one with a JSON object and gets JSON values back. A call has
 * a ticket, a deadline, cancel and exactly one completion, as a send has, and its outcome reads the same: OK = done,
 * RETRY, CANCELLED and DEADLINE = certainly nothing was changed, UNKNOWN = it may have been done. The rules at the top
 * of messenger/plugin.h hold.
 */
#ifndef MESSENGER_OPERATIONS_H
#define MESSENGER_OPERATIONS_H

#include <messenger/plugin.h>

#define MSGR_OPERATIONS_1 "msgr.operations/1"

/* Names with a fixed meaning, each optional. Further members and outputs are the plugin's own. */

/* {} -> OK when the provider accepts this configuration, CONFIG when it does not. Changes and sends nothing. */
#define MSGR_OPERATION_CHECK "check"

/* {"to", "from"?, "body"?, "sentAfter", "sentBefore"?} -> looks for a message whose send ended UNKNOWN; instants are
 * RFC 3339, the body is a secret. Surely found, by its text too: OK, provider_id in the result, and one output, an
 * object with the evidence. Not found, or not surely this one: UNKNOWN, for a provider's lists may lag; where just one
 * may be it, its evidence is an output. Could not look: RETRY. */
#define MSGR_OPERATION_RECONCILE "reconcile"

/* {"body", "to"?, "price"?} -> how this text would be sent, one output {"encoding", "parts", "remaining", "warnings",
 * "price"?, "currency"?}: warnings are sentences, the price a decimal number as text. Sends nothing. */
#define MSGR_OPERATION_PREVIEW "preview"

/* msgr_operation.flags */
#define MSGR_OPERATION_SAFE 1u /* changes nothing at the provider: after any outcome it may be run again */
#define MSGR_OPERATION_LIST 2u /* any number of outputs, one an element; otherwise at most one */

typedef struct msgr_operation { /* frozen */
  const char* name;             /* "messages.list": unique in the catalogue, [a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)* */
  const char* summary;          /* one line for people; may be NULL */
  msgr_str input_schema;        /* JSON Schema of the input, an object; secrets are marked "writeOnly": true */
  msgr_str output_schema;       /* JSON Schema of each output; absent = there is none */
  uint32_t flags, reserved;     /* reserved: 0 */
} msgr_operation;

/* One run of one operation. */
typedef struct msgr_call {
  uint32_t size, index;     /* index: of the operation in the catalogue */
  msgr_str json;            /* the whole input, secrets replaced by "***": safe to log */
  const msgr_field* fields; /* the same flattened, in document order, secrets in clear; a JSON object of at
                             * most 1 MiB, not checked against the schema: that is the plugin's part */
  size_t field_count;
} msgr_call;

/* Static and constant with all that it points to: it lives as long as the library. */
typedef struct msgr_operations {
  uint32_t size, flags; /* flags: 0 */
  const msgr_operation* operations;
  size_t operation_count;
  /* [any] [inline] Starts a call; never blocks on the network. Outputs go to msgr_host.output, one after the other, and
   * then the op is completed exactly once. op and call live until the plugin completes the op. cancel and stop are
   * those of the plugin. */
  void (*call)(msgr_instance* instance, const msgr_op* op, const msgr_call* call);
} msgr_operations;

#endif
