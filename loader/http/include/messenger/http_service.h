/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The HTTP service that a host lends to its messengers as msgr.http/1: libcurl behind a C factory, so that a host in
 * any language can use it. Deadlines are CLOCK_MONOTONIC; the msgr_host given to open must use that clock.
 */
#ifndef MESSENGER_HTTP_SERVICE_H
#define MESSENGER_HTTP_SERVICE_H

#include <messenger/http.h>

typedef struct msgr_http_service msgr_http_service;

typedef struct msgr_http_service_options {
  uint32_t size, io_threads;     /* io_threads: 0 = 1. One is right up to some hundred requests in flight */
  uint32_t max_idle_connections; /* kept open, for each I/O thread; 0 = 1,024. Fewer than are in flight is very slow */
  uint32_t flags;                /* 0 */
  const char* ca_file;           /* PEM file of trusted roots; NULL = the system's */
  const char* user_agent;        /* NULL = "messenger/<version>" */
  /* The egress policy, checked on the address really connected to, for pooled connections too. Ranges are written
   * "10.0.0.0/8", "fd00::/8" or as one address; IPv4 inside IPv6 (mapped, NAT64, 6to4) is judged as IPv4. Each list is
   * ended by NULL; NULL = empty. */
  const char* const* allow_ranges; /* besides the public addresses: loopback, private and other special ranges are
                                    * blocked unless named here; link-local ones and cloud metadata always are */
  const char* const* http_ranges;  /* where plain http may go; https goes everywhere that is allowed */
  /* A proxy for every request, reached by CONNECT. The policy then applies to the proxy's address, and to targets that
   * are written as an address. */
  const char* proxy;           /* "http://proxy.example:3128", or https; NULL = none */
  const char* proxy_username;  /* HTTP Basic; NULL = none */
  const char* proxy_password;  /* NULL = "" */
  const char* const* no_proxy; /* reached directly: host names, with all below them, addresses and ranges */
} msgr_http_service_options;

typedef struct msgr_http_service_stats {
  uint32_t size, flags;
  uint64_t requests;            /* accepted by request() */
  uint64_t connections_opened;  /* TCP connections started */
  uint64_t resends_prevented;   /* libcurl was about to send a request a second time */
  uint64_t blocked;             /* requests that the egress policy ended */
  uint64_t callback_exceptions; /* thrown by plugins out of their callbacks, and caught */
} msgr_http_service_stats;

/* [any] Starts the I/O threads. options may be NULL. NULL after an issue for each option that is malformed, with
 * pointer /allow_ranges/0, /proxy …, or without an issue when the system refuses (errno says why; ENOTSUP: libcurl
 * without OpenSSL). issue may be NULL.
 */
MSGR_EXPORT msgr_http_service* msgr_http_service_create(const msgr_http_service_options* options, msgr_issue_fn issue,
                                                        void* ctx);

/* [any] The table to lend; valid until destroy. */
MSGR_EXPORT const msgr_http* msgr_http_service_table(const msgr_http_service* service);

/* [any] */
MSGR_EXPORT void msgr_http_service_get_stats(const msgr_http_service* service, msgr_http_service_stats* stats);

/* [one] Cancels what is open, delivers its callbacks, ends the threads. Endpoints should be closed before (the loader's
 * shutdown does it); the memory of one that a stuck plugin still holds is kept, its requests are refused. Gives the
 * number of those. Never from a callback. NULL is fine. */
MSGR_EXPORT uint32_t msgr_http_service_destroy(msgr_http_service* service);

#endif
