/* SPDX-License-Identifier: Apache-2.0 */
/* A whole messenger in C99: it posts the text to a URL and judges the answer by its status. */
#include <messenger/http.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(literal) \
  { literal, sizeof(literal) - 1 }

struct msgr_instance {
  const msgr_host* host;
  const msgr_http* http;
  msgr_http_endpoint* endpoint;
};

static const msgr_str whole = TEXT(""), at_url = TEXT("/url"), post = TEXT("POST"),
                      plain = TEXT("text/plain; charset=utf-8"), unknown = TEXT("unknown"), missing = TEXT("missing"),
                      wrong_type = TEXT("invalidJSON"), failed = TEXT("failed");

static uint32_t report(msgr_issue_fn issue, void* ctx, msgr_str pointer, msgr_str code, const char* text) {
  const msgr_issue one = {sizeof one, 0, pointer, code, {text, strlen(text)}};
  issue(ctx, &one);
  return 1;
}

/* Finds the URL and reports what is wrong; the flattened fields spare a JSON parser. */
static uint32_t read_url(const msgr_config* config, msgr_str* url, msgr_issue_fn issue, void* ctx) {
  uint32_t problems = 0;
  int seen = 0;
  for (size_t i = 0; i < config->field_count; ++i) {
    const msgr_field* field = &config->fields[i];
    if (field->pointer.len == 0) {
      continue;
    }
    if (field->pointer.len != at_url.len || memcmp(field->pointer.ptr, at_url.ptr, at_url.len) != 0) {
      problems += report(issue, ctx, field->pointer, unknown, "There is no such field.");
    } else if (field->type != MSGR_NULL) {
      seen = 1;
      *url = field->text;
      if (field->type != MSGR_STRING) {
        problems += report(issue, ctx, at_url, wrong_type, "url must be a string.");
      }
    }
  }
  return seen ? problems : problems + report(issue, ctx, at_url, missing, "url is required.");
}

static uint32_t validate(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  msgr_str url = {NULL, 0};
  (void)host;
  return read_url(config, &url, issue, ctx);
}

static msgr_instance* configure(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  msgr_http_endpoint_config where = {.size = sizeof where};
  const msgr_http* http = host->get_extension(host, MSGR_HTTP_1);
  msgr_instance* self = NULL;
  if (read_url(config, &where.url, issue, ctx) != 0) {
    return NULL;
  }
  if (http == NULL || (self = malloc(sizeof *self)) == NULL) {
    report(issue, ctx, whole, failed, "There is no memory or no msgr.http/1.");
    return NULL;
  }
  self->host = host;
  self->http = http;
  self->endpoint = http->open(http, host, &where, issue, ctx); /* says itself what is wrong with the URL */
  if (self->endpoint == NULL) {
    free(self);
    return NULL;
  }
  return self;
}

static int32_t outcome_of(uint32_t request_sent, uint32_t failure, uint32_t status) {
  const int32_t refused = status == 429 ? MSGR_RETRY : MSGR_REJECTED;
  const int32_t answered = status >= 200 && status < 300 && failure == MSGR_HTTP_RESPONSE ? MSGR_OK : MSGR_UNKNOWN;
  if (request_sent != 0) {
    return status >= 300 && status < 500 ? refused : answered;
  }
  switch (failure) {
    case MSGR_HTTP_CANCELLED:
      return MSGR_CANCELLED;
    case MSGR_HTTP_DEADLINE:
      return MSGR_DEADLINE;
    case MSGR_HTTP_UNTRUSTED:
    case MSGR_HTTP_BLOCKED:
      return MSGR_CONFIG;
    default:
      return MSGR_RETRY; /* certainly nothing left */
  }
}

static void done(void* ctx, const msgr_http_response* response) {
  const msgr_instance* self = ctx;
  const msgr_result result = {.size = sizeof result, .http_status = response->status};
  self->host->complete(self->host, response->ticket,
                       outcome_of(response->request_sent, response->failure, response->status), &result);
}

static void send_message(msgr_instance* self, const msgr_op* op, const msgr_message* message) {
  const msgr_pair to = {TEXT("X-To"), message->to};
  msgr_http_request request = {.size = sizeof request, .headers = &to, .header_count = 1, .done = done, .ctx = self};
  request.deadline_ns = op->deadline_ns;
  request.ticket = op->ticket;
  request.method = post;
  request.target = whole;
  request.content_type = plain;
  request.body = message->body;
  const uint32_t answer = self->http->request(self->endpoint, &request);
  if (answer != MSGR_HTTP_STARTED) {
    self->host->complete(self->host, op->ticket, answer == MSGR_HTTP_INVALID ? MSGR_REJECTED : MSGR_RETRY, NULL);
  }
}

static void cancel(msgr_instance* self, uint64_t ticket) {
  self->http->cancel(self->endpoint, ticket);
}

static void destroy(msgr_instance* self) {
  self->http->close(self->endpoint);
  free(self);
}

static const char* const needs[] = {MSGR_HTTP_1, NULL};
static const msgr_plugin plugin = {
    .size = sizeof(msgr_plugin),
    .abi_minor = MSGR_ABI_MINOR,
    .type = "MinimalC",
    .name = "Minimal messenger in C",
    .version = "1.0.0",
    .config_schema = TEXT("{\"type\":\"object\",\"properties\":{\"url\":{\"type\":\"string\"}},"
                          "\"required\":[\"url\"],\"additionalProperties\":false}"),
    .needs = needs,
    .validate = validate,
    .configure = configure,
    .send = send_message,
    .cancel = cancel,
    .destroy = destroy};

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  return index == 0 ? &plugin : NULL;
}
