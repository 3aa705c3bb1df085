// SPDX-License-Identifier: Apache-2.0
#include "http_client.hpp"

#include <memory>
#include <stdexcept>

namespace messenger::test {

namespace {

std::atomic<int> depth{0};

struct Call {
  const msgr_http* http;
  std::promise<Answer> promise;
};

msgr_str str(const std::string& text) {
  return {text.data(), text.size()};
}
msgr_str optional(const std::string& text) {
  return text.empty() ? msgr_str{nullptr, 0} : str(text);
}

std::vector<msgr_pair> pairs(const std::vector<std::pair<std::string, std::string>>& from) {
  std::vector<msgr_pair> list;
  for (const auto& [name, value] : from) {
    list.push_back({str(name), str(value)});
  }
  return list;
}

void on_done(void* context, const msgr_http_response* response) {
  const std::unique_ptr<Call> call(static_cast<Call*>(context));
  Answer answer{response->failure,
                response->request_sent,
                response->status,
                response->ticket,
                {response->body.ptr, response->body.len},
                {},
                {}};
  if (response->detail.ptr != nullptr) {
    answer.detail.assign(response->detail.ptr, response->detail.len);
  }
  for (const char* name : {"Retry-After", "Content-Type", "X-Absent", "X-Proxy"}) {
    if (const msgr_str value = call->http->header(response, name); value.ptr != nullptr) {
      answer.headers[name] = std::string(value.ptr, value.len);
    }
  }
  call->promise.set_value(std::move(answer));
}

}  // namespace

std::uint64_t monotonic_ns() {
  return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1));
}

const msgr_host& bare_host() {
  static const msgr_host host{
      sizeof(msgr_host),
      MSGR_ABI_MINOR,
      [](const msgr_host*, std::int32_t, msgr_str) {},
      [](const msgr_host*) { return monotonic_ns(); },
      [](const msgr_host*, std::uint64_t, std::int32_t, const msgr_result*) {},
      [](const msgr_host*, const char*) -> const void* { return nullptr; },
      [](const msgr_host*) { ++depth; },
      [](const msgr_host*) { --depth; },
      [](const msgr_host*, std::uint64_t, msgr_str) { return std::uint32_t{0}; },
  };
  return host;
}

msgr_http_service_options loopback_options(std::uint32_t io_threads) {
  static constexpr const char* loopback[] = {"127.0.0.0/8", "::1", nullptr};
  msgr_http_service_options options{};
  options.size = sizeof options;
  options.io_threads = io_threads;
  options.allow_ranges = options.http_ranges = loopback;
  return options;
}

int HttpClient::entered() {
  return depth.load();
}

HttpClient::HttpClient(Options options, const HttpClient* beside) {
  if (beside != nullptr) {
    service_ = beside->service_;
  } else {
    options.service.io_threads = options.io_threads;
    options.service.ca_file = options.ca_file.empty() ? nullptr : options.ca_file.c_str();
    service_.reset(msgr_http_service_create(&options.service, nullptr, nullptr), msgr_http_service_destroy);
  }
  if (service_ == nullptr) {
    throw std::runtime_error("no HTTP service");
  }
  http_ = msgr_http_service_table(service_.get());
  const auto headers = pairs(options.headers);
  msgr_http_endpoint_config config{};
  config.size = sizeof config;
  config.connect_timeout_ms = options.connect_timeout_ms;
  config.read_timeout_ms = options.read_timeout_ms;
  config.max_response_bytes = options.max_response_bytes;
  config.url = str(options.url);
  config.username = optional(options.username);
  config.password = str(options.password);
  config.headers = headers.data();
  config.header_count = headers.size();
  config.trusted_roots = optional(options.trusted_roots);
  config.client_certificate = optional(options.client_certificate);
  config.client_key = optional(options.client_key);
  config.client_key_password = optional(options.client_key_password);
  endpoint_ = http_->open(
      http_, &bare_host(), &config,
      [](void* self, const msgr_issue* issue) {
        static_cast<HttpClient*>(self)->issues_.push_back(std::string(issue->pointer.ptr, issue->pointer.len) + ": " +
                                                          std::string(issue->text.ptr, issue->text.len));
      },
      this);
}

HttpClient::~HttpClient() {
  close();
}

void HttpClient::close() {
  http_->close(endpoint_);
  endpoint_ = nullptr;
}

std::future<Answer> HttpClient::start(const Request& request) {
  auto call = std::make_unique<Call>();
  call->http = http_;
  auto future = call->promise.get_future();
  const auto headers = pairs(request.headers);
  const auto deadline =
      request.deadline.count() == 0
          ? 0
          : monotonic_ns() + static_cast<std::uint64_t>(request.deadline / std::chrono::nanoseconds(1));
  const msgr_http_request wanted{sizeof(msgr_http_request),
                                 0,
                                 deadline,
                                 request.ticket,
                                 str(request.method),
                                 str(request.target),
                                 optional(request.content_type),
                                 optional(request.body),
                                 headers.data(),
                                 headers.size(),
                                 on_done,
                                 call.get()};
  if (http_->request(endpoint_, &wanted) != MSGR_HTTP_STARTED) {
    throw std::runtime_error("refused");
  }
  call.release();
  return future;
}

Answer HttpClient::exchange(const Request& request) {
  return start(request).get();
}

bool HttpClient::accepts(const Request& request) {
  try {
    exchange(request);
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

msgr_http_service_stats HttpClient::stats() const {
  msgr_http_service_stats stats{};
  stats.size = sizeof stats;
  msgr_http_service_get_stats(service_.get(), &stats);
  return stats;
}

}  // namespace messenger::test
