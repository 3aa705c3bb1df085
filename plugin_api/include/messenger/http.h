/* SPDX-License-Identifier: Apache-2.0 */
/*
 * msgr.http/1: HTTP lent by the host, got by host->get_extension(host, MSGR_HTTP_1). Connections are pooled over all
 * plugins; TLS is always verified; redirects are never followed; a request is never sent twice; proxies in the
 * environment are ignored, the host's own egress policy and proxy are not. The rules at the top of messenger/plugin.h
 * hold.
 */
#ifndef MESSENGER_HTTP_H
#define MESSENGER_HTTP_H

#include <messenger/plugin.h>

#define MSGR_HTTP_1 "msgr.http/1"

typedef struct msgr_http_endpoint msgr_http_endpoint; /* the service's own */

/* Where requests go and how; opened once, at configure time. */
typedef struct msgr_http_endpoint_config {
  uint32_t size, flags;        /* flags: 0 */
  uint32_t connect_timeout_ms; /* name look-up, TCP and TLS together; 0 = 5,000 */
  uint32_t read_timeout_ms;    /* longest silence after the request has left; 0 = 15,000 */
  uint64_t max_response_bytes; /* of the body; 0 = 65,536 */
  msgr_str url;                /* http or https, host, optional port, path and query; no user info, no fragment */
  msgr_str username, password; /* HTTP Basic; an absent username = none */
  const msgr_pair* headers;    /* sent with every request, after the request's own */
  size_t header_count;
  /* Since minor 1. All PEM text; a connection is never shared between identities or between sets of roots. */
  msgr_str trusted_roots;       /* in place of the host's; absent = the host's */
  msgr_str client_certificate;  /* for mutual TLS: the certificate, then its chain; absent = none */
  msgr_str client_key;          /* its private key */
  msgr_str client_key_password; /* absent = the key is not encrypted */
} msgr_http_endpoint_config;

/* Why there is no whole response. Any other number reads as MSGR_HTTP_FAILED. */
enum {
  MSGR_HTTP_RESPONSE = 0,   /* no failure: status, headers and body are whole */
  MSGR_HTTP_RESOLVE = 1,    /* the name has no address */
  MSGR_HTTP_CONNECT = 2,    /* refused or unreachable */
  MSGR_HTTP_TLS = 3,        /* the handshake failed */
  MSGR_HTTP_UNTRUSTED = 4,  /* the server's certificate is not trusted for this host */
  MSGR_HTTP_TIMEOUT = 5,    /* connect or read timeout */
  MSGR_HTTP_RESET = 6,      /* the connection ended, or broke, before the response did */
  MSGR_HTTP_TOO_LARGE = 7,  /* the response is over a limit */
  MSGR_HTTP_MALFORMED = 8,  /* what came is not HTTP */
  MSGR_HTTP_BLOCKED = 9,    /* the host's egress policy forbids the address */
  MSGR_HTTP_CANCELLED = 10, /* cancel, or the endpoint or the service closed */
  MSGR_HTTP_DEADLINE = 11,  /* the request's deadline passed */
  MSGR_HTTP_FAILED = 12     /* anything else */
};

typedef struct msgr_http_response {
  uint32_t size, failure; /* MSGR_HTTP_… */
  uint32_t request_sent;  /* 0 = certainly no byte of the request left; 1 = it may have */
  uint32_t status;        /* also beside a failure, when the status line had arrived; else 0 */
  uint64_t ticket;        /* of the request */
  msgr_str body;          /* what arrived of it */
  msgr_str detail;        /* since minor 1: what failed, one sentence of the service's own, or absent; never a secret */
} msgr_http_response;

/* From the top of the service's I/O loop, never inside request(); the response lives for the call. request() and
 * cancel() are legal in it. It must not block: 5 ms and more are counted and logged with the messenger's name. */
typedef void (*msgr_http_done_fn)(void* ctx, const msgr_http_response* response);

typedef struct msgr_http_request {
  uint32_t size, flags;  /* flags: 0 */
  uint64_t deadline_ns;  /* of the whole exchange; 0 = none beside the two timeouts */
  uint64_t ticket;       /* the caller's, for cancel and response; usually msgr_op.ticket */
  msgr_str method;       /* "POST"; a token of capital letters */
  msgr_str target;       /* appended to the endpoint's path: "", "/more" or "?query"; never another host */
  msgr_str content_type; /* absent = no such header */
  msgr_str body;         /* absent = none */
  const msgr_pair* headers;
  size_t header_count;
  msgr_http_done_fn done;
  void* ctx;
} msgr_http_request;

/* What request() answers. */
enum {
  MSGR_HTTP_UNAVAILABLE = 0, /* the endpoint or the service is closing, or there is no memory: perhaps later */
  MSGR_HTTP_STARTED = 1,
  MSGR_HTTP_INVALID = 2 /* a malformed method, target, header or content type: never */
};

typedef struct msgr_http {
  uint32_t size, flags; /* flags: 0 */
  /* [any] A new endpoint for this host struct, or NULL after an issue with pointer /url, /headers/NAME, /client_key …
   * Code "blocked": the host's egress policy forbids the URL. */
  msgr_http_endpoint* (*open)(const struct msgr_http* http, const msgr_host* host,
                              const msgr_http_endpoint_config* config, msgr_issue_fn issue, void* ctx);
  /* [any] Cancels what is open, and returns when the last callback has. Not in a callback. NULL is fine. */
  void (*close)(msgr_http_endpoint* endpoint);
  /* [any] MSGR_HTTP_STARTED: done will be called exactly once. Anything else: nothing was sent and it never will be.
   * Everything in the request is copied. */
  uint32_t (*request)(msgr_http_endpoint* endpoint, const msgr_http_request* request);
  /* [any] A hint: ends the endpoint's requests of this ticket soon, as MSGR_HTTP_CANCELLED. */
  void (*cancel)(msgr_http_endpoint* endpoint, uint64_t ticket);
  /* In done only: a response header by name in any case, the first of several; absent when there is none. */
  msgr_str (*header)(const msgr_http_response* response, const char* name);
} msgr_http;

#endif
