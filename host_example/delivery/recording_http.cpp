// SPDX-License-Identifier: Apache-2.0
#include "delivery/recording_http.hpp"

#include <algorithm>
#include <cstring>
#include <messenger/text.hpp>

namespace messenger::host {

namespace {

// Those of an answer that help whoever reads it; the service gives headers by name only.
constexpr const char* shown_headers[] = {"Content-Type", "Location",         "Retry-After",
                                         "Server",       "WWW-Authenticate", "Twilio-Request-Id"};

thread_local const std::shared_ptr<Recording>* current_recording = nullptr;
// Of the service whose answer this thread is giving to a plugin: header() is not told which service it is asked of.
thread_local const msgr_http* current_service = nullptr;

struct Endpoint {
  const msgr_http* real;
  msgr_http_endpoint* inner;
  std::shared_ptr<Recording> recording;
  std::string url;
  Exchange::Headers headers;
};

struct Call {
  const msgr_http* real;
  std::shared_ptr<Recording> recording;
  std::size_t index;
  msgr_http_done_fn done;
  void* ctx;
};

Endpoint& endpoint_of(msgr_http_endpoint* endpoint) {
  return *reinterpret_cast<Endpoint*>(endpoint);
}

void append(Exchange::Headers& headers, const msgr_pair* pairs, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    headers.emplace_back(to_view(pairs[i].name), to_view(pairs[i].value));
  }
}

// As the service puts them together: the target's query goes behind the URL's.
std::string joined(const std::string& url, std::string_view target) {
  const std::size_t query = std::min(url.find('?'), url.size());
  const std::size_t mark = std::min(target.find('?'), target.size());
  std::string text = url.substr(0, query);
  if (mark > 0 && text.ends_with('/')) {
    text.pop_back();
  }
  text.append(target.substr(0, mark)).append(url.substr(query));
  if (mark < target.size()) {
    text.append(query == url.size() ? "?" : "&").append(target.substr(mark + 1));
  }
  return text;
}

Exchange exchange_of(const Endpoint& endpoint, const msgr_http_request& request) {
  Exchange exchange;
  exchange.method = to_view(request.method);
  exchange.url = joined(endpoint.url, to_view(request.target));
  exchange.body = to_view(request.body);
  append(exchange.headers, request.headers, request.header_count);
  if (const auto type = to_view(request.content_type); type.data() != nullptr) {
    exchange.headers.emplace_back("Content-Type", type);
  }
  exchange.headers.insert(exchange.headers.end(), endpoint.headers.begin(), endpoint.headers.end());
  return exchange;
}

void record(const Call& call, const msgr_http_response& response) {
  Exchange::Headers headers;
  for (const char* name : shown_headers) {
    if (const auto value = to_view(call.real->header(&response, name)); value.data() != nullptr) {
      headers.emplace_back(name, value);
    }
  }
  call.recording->answer(call.index, response.status, std::move(headers), std::string(to_view(response.body)));
}

}  // namespace

std::size_t Recording::add(Exchange exchange) {
  const std::lock_guard lock(mutex_);
  exchanges_.push_back(std::move(exchange));
  return exchanges_.size() - 1;
}

void Recording::answer(std::size_t index, unsigned status, Exchange::Headers headers, std::string body) {
  const std::lock_guard lock(mutex_);
  Exchange& exchange = exchanges_[index];
  exchange.status = status;
  exchange.answer_headers = std::move(headers);
  exchange.answer_body = std::move(body);
}

std::optional<Exchange> Recording::last() const {
  const std::lock_guard lock(mutex_);
  return exchanges_.empty() ? std::nullopt : std::optional(exchanges_.back());
}

// The table's functions. Nothing is thrown through C: without memory a request is refused, or goes unrecorded.
struct RecordingHttp::Functions {
  static msgr_http_endpoint* open(const msgr_http* http, const msgr_host* host, const msgr_http_endpoint_config* config,
                                  msgr_issue_fn issue, void* ctx) noexcept {
    const msgr_http* const real = reinterpret_cast<const Table*>(http)->real;
    msgr_http_endpoint* const inner = real->open(real, host, config, issue, ctx);
    if (inner == nullptr) {
      return nullptr;
    }
    try {
      auto endpoint = std::make_unique<Endpoint>(
          Endpoint{real,
                   inner,
                   current_recording == nullptr ? std::make_shared<Recording>() : *current_recording,
                   std::string(to_view(config->url)),
                   {}});
      append(endpoint->headers, config->headers, config->header_count);
      if (to_view(config->username).data() != nullptr) {
        endpoint->headers.emplace_back("Authorization", "Basic ***");
      }
      return reinterpret_cast<msgr_http_endpoint*>(endpoint.release());
    } catch (...) {
      real->close(inner);
      return nullptr;
    }
  }

  static void close(msgr_http_endpoint* raw) noexcept {
    if (raw != nullptr) {
      const std::unique_ptr<Endpoint> endpoint(&endpoint_of(raw));
      endpoint->real->close(endpoint->inner);
    }
  }

  static std::uint32_t request(msgr_http_endpoint* raw, const msgr_http_request* request) noexcept {
    const Endpoint& endpoint = endpoint_of(raw);
    try {
      const std::size_t index = endpoint.recording->add(exchange_of(endpoint, *request));
      auto call = std::make_unique<Call>(Call{endpoint.real, endpoint.recording, index, request->done, request->ctx});
      msgr_http_request forwarded{};
      forwarded.size = std::min<std::uint32_t>(request->size, sizeof forwarded);
      std::memcpy(&forwarded.flags, &request->flags, forwarded.size - sizeof forwarded.size);
      forwarded.done = &Functions::done;
      forwarded.ctx = call.release();  // done() frees it, perhaps before request() returns
      const std::uint32_t answer = endpoint.real->request(endpoint.inner, &forwarded);
      if (answer != MSGR_HTTP_STARTED) {
        delete static_cast<Call*>(forwarded.ctx);
      }
      return answer;
    } catch (...) {
      return MSGR_HTTP_UNAVAILABLE;
    }
  }

  static void done(void* ctx, const msgr_http_response* response) {
    const std::unique_ptr<const Call> call(static_cast<Call*>(ctx));
    try {
      record(*call, *response);
    } catch (...) {  // the plugin must have its answer all the same
    }
    const msgr_http* const before = std::exchange(current_service, call->real);
    call->done(call->ctx, response);
    current_service = before;
  }

  static void cancel(msgr_http_endpoint* raw, std::uint64_t ticket) noexcept {
    const Endpoint& endpoint = endpoint_of(raw);
    endpoint.real->cancel(endpoint.inner, ticket);
  }

  static msgr_str header(const msgr_http_response* response, const char* name) noexcept {
    return current_service == nullptr ? msgr_str{nullptr, 0} : current_service->header(response, name);
  }
};

RecordingHttp::RecordingHttp(const msgr_http& real)
    : table_{{sizeof(msgr_http), 0, &Functions::open, &Functions::close, &Functions::request, &Functions::cancel,
              &Functions::header},
             &real} {}

RecordingHttp::Scope::Scope(std::shared_ptr<Recording> recording) : recording_(std::move(recording)) {
  current_recording = &recording_;
}

RecordingHttp::Scope::~Scope() {
  current_recording = nullptr;
}

}  // namespace messenger::host
