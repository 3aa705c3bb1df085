// SPDX-License-Identifier: Apache-2.0
#include <messenger/http_service.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string_view>
#include <system_error>
#include <vector>

#include "curl_memory.hpp"
#include "endpoint.hpp"
#include "io_loop.hpp"

using messenger::http::Endpoint;
using messenger::http::in_full;
using messenger::http::IoLoop;
using messenger::http::Settings;

// The table is the first member, so that open() finds its service.
struct msgr_http_service {
  explicit msgr_http_service(Settings wanted) : settings(std::move(wanted)) {}

  msgr_http table{};
  const Settings settings;
  std::vector<std::unique_ptr<IoLoop>> loops;
  std::atomic<std::uint32_t> references{1};  // the owner's, and one for each open endpoint
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::size_t> turn{0};
};

struct msgr_http_endpoint {
  msgr_http_endpoint(msgr_http_service& owner, const msgr_host& host)
      : service(owner), endpoint(host, owner.settings, owner.loops.size()) {}
  msgr_http_service& service;
  Endpoint endpoint;
  std::atomic<bool> closing{false};
};

namespace {

IoLoop& loop_for(msgr_http_service& service) noexcept {
  for (const auto& loop : service.loops) {
    if (loop->is_current_thread()) {
      return *loop;  // a request made in a callback stays on its thread
    }
  }
  if (service.loops.size() == 1) {
    return *service.loops.front();
  }
  return *service.loops[service.turn.fetch_add(1, std::memory_order_relaxed) % service.loops.size()];
}

void drop_reference(msgr_http_service& service) {
  if (service.references.fetch_sub(1) == 1) {
    delete &service;
  }
}

void tell(const messenger::Issues& issues, msgr_issue_fn issue, void* context) {
  if (issue != nullptr) {
    messenger::report(issues, issue, context);
  }
}

msgr_http_endpoint* open_endpoint(const msgr_http* http, const msgr_host* host, const msgr_http_endpoint_config* config,
                                  msgr_issue_fn issue, void* context) {
  auto& service = *const_cast<msgr_http_service*>(reinterpret_cast<const msgr_http_service*>(http));
  try {
    auto endpoint = std::make_unique<msgr_http_endpoint>(service, *host);
    messenger::Issues issues;
    endpoint->endpoint.configure(*config, issues);
    tell(issues, issue, context);
    if (issues.empty()) {
      service.references.fetch_add(1);
      return endpoint.release();
    }
  } catch (const std::exception&) {  // no memory, or no descriptor
  }
  return nullptr;
}

bool in_callback(const msgr_http_service& service) noexcept {
  return std::any_of(service.loops.begin(), service.loops.end(),
                     [](const auto& loop) { return loop->is_current_thread(); });
}

void close_endpoint(msgr_http_endpoint* endpoint) {
  if (endpoint == nullptr) {
    return;
  }
  endpoint->closing.store(true);
  msgr_http_service& service = endpoint->service;
  for (const auto& loop : service.loops) {
    if (!loop->close(endpoint->endpoint)) {
      endpoint->endpoint.loop_is_done();
    }
  }
  if (in_callback(service)) {
    return;  // against the rules: it cannot wait for itself, so its memory is kept
  }
  endpoint->endpoint.wait_until_loops_are_done();
  delete endpoint;
  drop_reference(service);
}

std::uint32_t request(msgr_http_endpoint* endpoint, const msgr_http_request* wanted) {
  msgr_http_service& service = endpoint->service;
  if (endpoint->closing.load(std::memory_order_relaxed)) {
    return MSGR_HTTP_UNAVAILABLE;
  }
  try {
    IoLoop& loop = loop_for(service);
    auto transfer = endpoint->endpoint.acquire(loop);
    if (!transfer->prepare(*wanted)) {
      return MSGR_HTTP_INVALID;  // the transfer goes: libcurl may have in it the URL of an endpoint that it served
                                 // before
    }
    if (!loop.submit(std::move(transfer))) {
      return MSGR_HTTP_UNAVAILABLE;
    }
  } catch (const std::bad_alloc&) {
    return MSGR_HTTP_UNAVAILABLE;
  }
  service.requests.fetch_add(1, std::memory_order_relaxed);
  return MSGR_HTTP_STARTED;
}

void cancel(msgr_http_endpoint* endpoint, std::uint64_t ticket) {
  try {
    for (const auto& loop : endpoint->service.loops) {
      loop->cancel(endpoint->endpoint, ticket);
    }
  } catch (const std::bad_alloc&) {  // it is a hint
  }
}

msgr_str header(const msgr_http_response* response, const char* name) {
  return messenger::http::Transfer::header(*response, name);
}

std::unique_ptr<msgr_http_service> start_service(Settings settings, std::uint32_t io_threads) {
  auto service = std::make_unique<msgr_http_service>(std::move(settings));
  service->table = {sizeof(msgr_http), 0, open_endpoint, close_endpoint, request, cancel, header};
  for (std::size_t i = 0; i < std::max<std::size_t>(1, io_threads); ++i) {
    service->loops.push_back(std::make_unique<IoLoop>(i, service->settings));
  }
  return service;
}

}  // namespace

msgr_http_service* msgr_http_service_create(const msgr_http_service_options* options, msgr_issue_fn issue, void* ctx) {
  errno = 0;
  try {
    const auto wanted = options != nullptr ? in_full(*options) : msgr_http_service_options{};
    if (!messenger::http::start_curl()) {
      errno = ENOTSUP;
      return nullptr;
    }
    messenger::Issues issues;
    Settings settings(wanted, issues);
    tell(issues, issue, ctx);
    if (issues.empty()) {
      return start_service(std::move(settings), wanted.io_threads).release();
    }
    errno = EINVAL;
  } catch (const std::system_error& error) {
    errno = error.code().value();
  } catch (const std::bad_alloc&) {
    errno = ENOMEM;
  }
  return nullptr;
}

const msgr_http* msgr_http_service_table(const msgr_http_service* service) {
  return &service->table;
}

void msgr_http_service_get_stats(const msgr_http_service* service, msgr_http_service_stats* stats) {
  msgr_http_service_stats now{};
  now.size = std::min<std::uint32_t>(stats->size, sizeof now);
  now.requests = service->requests.load();
  for (const auto& loop : service->loops) {
    now.connections_opened += loop->connections_opened();
    now.resends_prevented += loop->resends_prevented();
    now.blocked += loop->blocked();
    now.callback_exceptions += loop->callback_exceptions();
  }
  std::memcpy(stats, &now, now.size);
}

std::uint32_t msgr_http_service_destroy(msgr_http_service* service) {
  if (service == nullptr) {
    return 0;
  }
  for (const auto& loop : service->loops) {
    loop->stop();
  }
  const std::uint32_t still_open = service->references.load() - 1;
  drop_reference(*service);
  return still_open;
}
