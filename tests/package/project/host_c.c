/* SPDX-License-Identifier: Apache-2.0 */
/* A host in C, without the loader: host_c messenger_twilio.so URL lends the library HTTP and sends one message. */
#define _POSIX_C_SOURCE 200809L
#include <dlfcn.h>
#include <messenger/http_service.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define TEXT(literal) \
  { literal, sizeof(literal) - 1 }
#define ACCOUNT "AC0123456789abcdef0123456789abcdef"

/* What is lent to the one instance, and what it answered. */
struct host {
  msgr_host table; /* first, so that its address is the host's */
  const msgr_http* http;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  int calls; /* of the HTTP service into the plugin, under way */
  int complete;
  int32_t outcome;
  char provider_id[64];
};

static struct host* self_of(const msgr_host* table) {
  return (struct host*)(uintptr_t)table;
}

static void print_log(const msgr_host* table, int32_t level, msgr_str text) {
  (void)table;
  fprintf(stderr, "%d %.*s\n", (int)level, (int)text.len, text.ptr);
}

static uint64_t now_ns(const msgr_host* table) {
  struct timespec now;
  (void)table;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void complete(const msgr_host* table, uint64_t ticket, int32_t outcome, const msgr_result* result) {
  struct host* self = self_of(table);
  (void)ticket; /* there is only one */
  pthread_mutex_lock(&self->mutex);
  self->outcome = outcome;
  if (result != NULL && result->provider_id.ptr != NULL) {
    snprintf(self->provider_id, sizeof self->provider_id, "%.*s", (int)result->provider_id.len,
             result->provider_id.ptr);
  }
  self->complete = 1;
  pthread_cond_signal(&self->changed);
  pthread_mutex_unlock(&self->mutex);
}

static const void* get_extension(const msgr_host* table, const char* id) {
  return strcmp(id, MSGR_HTTP_1) == 0 ? self_of(table)->http : NULL;
}

static void count_calls(const msgr_host* table, int change) {
  struct host* self = self_of(table);
  pthread_mutex_lock(&self->mutex);
  self->calls += change;
  pthread_cond_signal(&self->changed);
  pthread_mutex_unlock(&self->mutex);
}

static void enter(const msgr_host* table) {
  count_calls(table, 1);
}

static void leave(const msgr_host* table) {
  count_calls(table, -1);
}

static void print_issue(void* ctx, const msgr_issue* issue) {
  (void)ctx;
  fprintf(stderr, "%.*s: %.*s\n", (int)issue->pointer.len, issue->pointer.ptr, (int)issue->text.len, issue->text.ptr);
}

/* Sends through an instance and waits until it may be destroyed: the op complete, no call into it under way. */
static void send_and_wait(struct host* self, const msgr_plugin* plugin, msgr_instance* instance) {
  msgr_op op = {.size = sizeof op, .attempt = 1, .ticket = 1};
  const msgr_message message = {
      .size = sizeof message, .kind = TEXT("SMS"), .to = TEXT("+15551230001"), .body = TEXT("Hello from C")};
  op.deadline_ns = now_ns(&self->table) + 10000000000u;
  plugin->send(instance, &op, &message);
  pthread_mutex_lock(&self->mutex);
  while (!self->complete || self->calls != 0) {
    pthread_cond_wait(&self->changed, &self->mutex);
  }
  pthread_mutex_unlock(&self->mutex);
}

static int send_one(const msgr_plugin* plugin, const msgr_http* http, const char* url) {
  const msgr_str at = {url, strlen(url)};
  const msgr_field fields[] = {{TEXT(""), {NULL, 0}, MSGR_OBJECT, 0},
                               {TEXT("/url"), at, MSGR_STRING, 0},
                               {TEXT("/accountSID"), TEXT(ACCOUNT), MSGR_STRING, 0},
                               {TEXT("/authToken"), TEXT("a secret"), MSGR_STRING, MSGR_FIELD_SECRET},
                               {TEXT("/fromPhoneNumber"), TEXT("+15005550006"), MSGR_STRING, 0}};
  const msgr_config config = {sizeof config, 0, TEXT("{}"), fields, sizeof fields / sizeof *fields};
  struct host self = {
      .table = {sizeof self.table, MSGR_ABI_MINOR, print_log, now_ns, complete, get_extension, enter, leave},
      .http = http,
      .mutex = PTHREAD_MUTEX_INITIALIZER,
      .changed = PTHREAD_COND_INITIALIZER};
  msgr_instance* instance = plugin->configure(&self.table, &config, print_issue, NULL);
  if (instance == NULL) {
    return 1;
  }
  send_and_wait(&self, plugin, instance);
  plugin->destroy(instance);
  printf("%s %d %s\n", plugin->type, (int)self.outcome, self.provider_id);
  return self.outcome == MSGR_OK ? 0 : 1;
}

int main(int count, char** argument) {
  const msgr_plugin* (*entry)(uint32_t) = NULL;
  const char* const loopback[] = {"127.0.0.0/8", "::1", NULL};
  msgr_http_service_options options = {.size = sizeof options, .allow_ranges = loopback, .http_ranges = loopback};
  void* library = count == 3 ? dlopen(argument[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  msgr_http_service* service = NULL;
  int status = 1;
  if (library == NULL) {
    fprintf(stderr, "%s\n", count == 3 ? dlerror() : "host_c PLUGIN URL");
    return 2;
  }
  *(void**)&entry = dlsym(library, "msgr_plugin_v1");
  service = msgr_http_service_create(&options, print_issue, NULL);
  if (entry != NULL && service != NULL) {
    status = send_one(entry(0), msgr_http_service_table(service), argument[2]);
  }
  msgr_http_service_destroy(service);
  return status; /* the library stays mapped: a plugin is never unloaded */
}
