/* SPDX-License-Identifier: Apache-2.0 */
/* A good messenger that posts each text. What a bad one does otherwise is in its file. */
#ifndef MESSENGER_TESTS_POSTS_H
#define MESSENGER_TESTS_POSTS_H

#include <messenger/http.h>
#include <stdlib.h>
#include <string.h>

#include "minimal.h"

#define SECRET_SCHEMA \
  "{\"type\":\"object\",\"properties\":{\"token\":{\"type\":\"string\",\"writeOnly\":true}},\"required\":[\"token\"]}"

struct msgr_instance {
  const msgr_host* host;
  const msgr_http* http;
  msgr_http_endpoint* endpoint;
  void* kept;
};

static inline const msgr_http* posts_http(const msgr_host* host) {
  return (const msgr_http*)host->get_extension(host, MSGR_HTTP_1);
}

static inline msgr_http_endpoint* posts_open(const msgr_host* host, msgr_issue_fn issue, void* ctx) {
  msgr_http_endpoint_config where;
  memset(&where, 0, sizeof where);
  where.size = sizeof where;
  where.url.ptr = "http://127.0.0.1:9/";
  where.url.len = strlen(where.url.ptr);
  return posts_http(host)->open(posts_http(host), host, &where, issue, ctx);
}

static inline msgr_instance* posts_configure(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue,
                                             void* ctx) {
  msgr_instance* self = (msgr_instance*)calloc(1, sizeof *self);
  (void)config;
  if (self == NULL) abort();
  self->host = host;
  self->http = posts_http(host);
  self->endpoint = posts_open(host, issue, ctx);
  if (self->endpoint != NULL) return self;
  free(self);
  return NULL;
}

static inline int32_t posts_outcome(const msgr_http_response* response) {
  if (response->failure == MSGR_HTTP_RESPONSE && response->status / 100 == 2) return MSGR_OK;
  if (response->failure == MSGR_HTTP_RESPONSE && response->status / 100 == 4) return MSGR_REJECTED;
  return response->request_sent != 0 ? MSGR_UNKNOWN : MSGR_RETRY;
}

static inline void posts_judge(void* ctx, const msgr_http_response* response) {
  const msgr_instance* self = (const msgr_instance*)ctx;
  self->host->complete(self->host, response->ticket, posts_outcome(response), NULL);
}

/* Gives what request() gave. */
static inline uint32_t posts_post(msgr_instance* self, const msgr_op* op, const msgr_message* message,
                                  uint64_t deadline_ns, msgr_http_done_fn done) {
  msgr_http_request request;
  memset(&request, 0, sizeof request);
  request.size = sizeof request;
  request.deadline_ns = deadline_ns;
  request.ticket = op->ticket;
  request.method.ptr = "POST";
  request.method.len = 4;
  request.target.ptr = "";
  request.body = message->body;
  request.done = done;
  request.ctx = self;
  return self->http->request(self->endpoint, &request);
}

/* A whole send, with another judge of the reply. */
static inline void posts_send_to(msgr_instance* self, const msgr_op* op, const msgr_message* message,
                                 msgr_http_done_fn done) {
  if (posts_post(self, op, message, op->deadline_ns, done) != MSGR_HTTP_STARTED) {
    self->host->complete(self->host, op->ticket, MSGR_RETRY, NULL);
  }
}

static inline void posts_send(msgr_instance* self, const msgr_op* op, const msgr_message* message) {
  posts_send_to(self, op, message, posts_judge);
}

static inline void posts_cancel(msgr_instance* self, uint64_t ticket) {
  self->http->cancel(self->endpoint, ticket);
}

static inline void posts_destroy(msgr_instance* self) {
  self->http->close(self->endpoint);
  free(self);
}

static const char* const posts_needs[] = {MSGR_HTTP_1, NULL};

#endif
