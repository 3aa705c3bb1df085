/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The C ABI between a host and a messenger plugin. This header and messenger/http.h are all that a plugin needs.
 *
 * Rules that hold everywhere below:
 *  - Text is UTF-8, never NUL-terminated unless it is a `const char *`. Absent is {NULL, 0}; empty is non-NULL, length
 * 0.
 *  - A pointer passed in lives for the call. The exception is named where it occurs (msgr_plugin.send).
 *    Nobody frees the other side's memory; whoever receives copies.
 *  - No exception, panic or longjmp crosses, in either direction.
 *  - Every struct opens with its size. A later minor version only appends; a field behind the first version's end is
 *    read only after MSGR_HAS says it is there. Structs marked "frozen" never change within a major version.
 *  - Times are nanoseconds of the host's monotonic clock, msgr_host.now_ns. 0 means "none".
 *  - Thread rules: [any] any thread, concurrently; [one] never concurrently with another [one] call on the same
 *    instance; [inline] may call back before it returns.
 */
#ifndef MESSENGER_PLUGIN_H
#define MESSENGER_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#define MSGR_VERSION "0.1.0" /* of the library; CMake reads it from here */
#define MSGR_ABI_MAJOR 1     /* named in the entry's symbol; another major is another symbol */
#define MSGR_ABI_MINOR 2     /* grows with every field or function appended */
#define MSGR_ABI_OLDEST 0    /* the oldest minor this version still loads; may rise only while MSGR_VERSION is 0.x */

#ifdef __cplusplus
#define MSGR_EXTERN_C extern "C"
#else
#define MSGR_EXTERN_C extern
#endif
#define MSGR_EXPORT MSGR_EXTERN_C __attribute__((visibility("default")))

/* Whether the struct behind p was built with this field. p must not be NULL. */
#define MSGR_HAS(p, type, field) ((p)->size >= offsetof(type, field) + sizeof((p)->field))

typedef struct msgr_str { /* frozen */
  const char* ptr;
  size_t len;
} msgr_str;

typedef struct msgr_pair { /* frozen */
  msgr_str name, value;
} msgr_pair;

/* What became of a send. The value alone says whether another attempt is safe. Any other number reads as UNKNOWN. */
enum {
  MSGR_OK = 0,        /* the provider accepted it */
  MSGR_RETRY = 1,     /* certainly not sent; may be tried again */
  MSGR_REJECTED = 2,  /* not sent; this message to this destination never will be */
  MSGR_CONFIG = 3,    /* not sent; nothing will be until the messenger is configured anew */
  MSGR_UNKNOWN = 4,   /* it may have been sent: never try again by yourself */
  MSGR_CANCELLED = 5, /* certainly not sent: the host cancelled it (in doubt it is UNKNOWN) */
  MSGR_DEADLINE = 6   /* certainly not sent: its time ran out (in doubt it is UNKNOWN) */
};

enum { MSGR_LOG_DEBUG = 0, MSGR_LOG_INFO = 1, MSGR_LOG_WARNING = 2, MSGR_LOG_ERROR = 3 };

/* msgr_message.flags: body or attributes carry a one-time code; keep them out of every log and wipe copies. */
#define MSGR_SECRET 1u

typedef struct msgr_message {
  uint32_t size, flags;
  uint64_t expires_ns; /* the message is worthless after this; 0 = never */
  msgr_str kind;       /* "SMS" */
  msgr_str to;
  msgr_str from; /* sender for this message, in place of the configured one; usually absent */
  msgr_str body;
  msgr_str locale;             /* BCP 47, or absent */
  const msgr_pair* attributes; /* names may repeat (MediaUrl); "code", "userId", "type" and "receiptUrl" are
                                * the host's */
  size_t attribute_count;
} msgr_message;

/* One attempt at one message. */
typedef struct msgr_op {
  uint32_t size, attempt;   /* attempt counts from 1 */
  uint64_t ticket;          /* never reused, never 0 */
  uint64_t deadline_ns;     /* complete before this; always set */
  msgr_str idempotency_key; /* the same over all attempts at one message, or absent */
  msgr_str traceparent;     /* W3C trace context, or absent */
} msgr_op;

typedef struct msgr_result {
  uint32_t size, http_status; /* 0 = no HTTP status */
  uint64_t retry_after_ms;    /* the provider asked for this pause; 0 = it did not */
  msgr_str provider_id;       /* the provider's name for the message */
  msgr_str provider_code;     /* the provider's error code */
  msgr_str detail;            /* one sentence in the plugin's own words: never provider text, never a secret */
} msgr_result;

/* How the JSON value of a configuration field was written. */
enum {
  MSGR_NULL = 0,
  MSGR_BOOLEAN = 1,
  MSGR_NUMBER = 2,
  MSGR_STRING = 3,
  MSGR_OBJECT = 4, /* its members follow; no text */
  MSGR_ARRAY = 5   /* its elements follow; no text */
};

#define MSGR_FIELD_SECRET 1u /* msgr_field.flags: the schema marks it writeOnly; never log it */

typedef struct msgr_field { /* frozen */
  msgr_str pointer;         /* RFC 6901, "/headers/X-Tenant" */
  msgr_str text;            /* a string's characters; else the literal as written, integers of any size */
  uint32_t type, flags;
} msgr_field;

typedef struct msgr_config {
  uint32_t size, flags;     /* flags: 0 */
  msgr_str json;            /* the whole configuration, secrets replaced by "***": safe to log */
  const msgr_field* fields; /* the same flattened, in document order, secrets in clear */
  size_t field_count;
} msgr_config;

/* One problem of a configuration. */
typedef struct msgr_issue {
  uint32_t size, flags; /* flags: 0 */
  msgr_str pointer;     /* of the field, "" for the whole */
  msgr_str code;        /* "missing", "blank", "invalid", "invalidJSON" (wrong type), "unknown", or the plugin's own */
  msgr_str text;        /* one sentence; never a secret's value */
} msgr_issue;
typedef void (*msgr_issue_fn)(void* ctx, const msgr_issue* issue); /* called within validate or configure only */

/* What the host lends to one instance; lives until that instance's destroy has returned. */
typedef struct msgr_host msgr_host;
struct msgr_host {
  uint32_t size, abi_minor;
  void (*log)(const msgr_host* host, int32_t level, msgr_str text); /* [any] no secrets in text */
  uint64_t (*now_ns)(const msgr_host* host);                        /* [any] */
  /* [any] [inline] Ends the op of this ticket. A second or foreign completion is counted and ignored. result may be
   * NULL. The caller's callback never runs inside the plugin's own send. */
  void (*complete)(const msgr_host* host, uint64_t ticket, int32_t outcome, const msgr_result* result);
  /* [any] A service by its id ("msgr.http/1"), or NULL. What it gives lives as long as the host struct. */
  const void* (*get_extension)(const msgr_host* host, const char* id);
  /* [any] For services, not for plugins: bracket each call that a service makes into the plugin on this host's behalf,
   * so that an instance is never destroyed under such a call and a slow one is counted and logged. */
  void (*enter)(const msgr_host* host);
  void (*leave)(const msgr_host* host);
  /* Since minor 2. [any] [inline] One output of the call of this ticket (messenger/operations.h): a JSON value, copied.
   * Not concurrently with another output or with the completion of the same call. 1 = go on; 0 = nobody wants more, so
   * complete the op. */
  uint32_t (*output)(const msgr_host* host, uint64_t ticket, msgr_str json);
};

typedef struct msgr_instance msgr_instance; /* the plugin's own; immutable configuration */

/* One type of messenger. Static and constant with all that it points to: it lives as long as the library, which is
 * never unloaded. Optional functions may be NULL. */
typedef struct msgr_plugin {
  uint32_t size, abi_minor;
  const char* type;                    /* "Twilio": unique in a host, [A-Za-z][A-Za-z0-9._-]* */
  const char *name, *vendor, *version; /* for people; may be NULL */
  msgr_str config_schema;              /* JSON Schema of the configuration; secrets are marked "writeOnly": true */
  const char* const* needs; /* ids of services without which it cannot work, ended by NULL; or NULL for none */
  /* [any] Pure. Reports every problem, returns how many. host lives for the call. */
  uint32_t (*validate)(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx);
  /* [any] A new instance, or NULL after at least one issue. host lives until destroy of that instance returns. */
  msgr_instance* (*configure)(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx);
  /* [any] [inline] Starts an attempt; never blocks on the network. Each op is completed exactly once, also after
   * cancel or an error. op and message live until the plugin completes the op. */
  void (*send)(msgr_instance* instance, const msgr_op* op, const msgr_message* message);
  /* [any] [inline] Optional. A hint: end this op soon. It may already be complete. */
  void (*cancel)(msgr_instance* instance, uint64_t ticket);
  /* [one] Optional, for plugins with threads of their own: all ops are complete; end the threads before deadline_ns.
   * 1 = done, 0 = failed (the instance is then kept for ever and never called again). */
  uint32_t (*stop)(msgr_instance* instance, uint64_t deadline_ns);
  /* [one] Last call: no op is open and no call into the instance is under way. Never on a service's thread. */
  void (*destroy)(msgr_instance* instance);
  /* [any] Optional. What this type offers beyond send, by id. */
  const void* (*get_extension)(const char* id);
} msgr_plugin;

/* The one symbol that a plugin exports. Called with 0, 1, 2 … until it gives NULL. Fast; no I/O, no threads. [any] */
MSGR_EXPORT const msgr_plugin* msgr_plugin_v1(uint32_t index);

#endif
