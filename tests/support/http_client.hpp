// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http_service.h>

#include <atomic>
#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace messenger::test {

/// What a callback was given, copied.
struct Answer {
  std::uint32_t failure = 0, request_sent = 0, status = 0;
  std::uint64_t ticket = 0;
  std::string body, detail;
  std::map<std::string, std::string> headers;  // those asked for
};

std::uint64_t monotonic_ns();
/// Options of a service that may go to this machine, over plain http too.
msgr_http_service_options loopback_options(std::uint32_t io_threads = 1);
/// A host struct that logs nothing, lends nothing and completes nothing.
const msgr_host& bare_host();

/// A service, a host struct and one endpoint, as a plugin would hold them.
class HttpClient {
 public:
  struct Options {
    std::string url{};
    std::uint32_t connect_timeout_ms = 2'000, read_timeout_ms = 2'000;
    std::uint64_t max_response_bytes = 0;
    std::string username{}, password{};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string ca_file{};
    std::uint32_t io_threads = 1;
    std::string trusted_roots{}, client_certificate{}, client_key{}, client_key_password{};
    msgr_http_service_options service = loopback_options();
  };
  struct Request {
    std::string method = "POST", target{}, content_type = "application/json", body = "{}";
    std::vector<std::pair<std::string, std::string>> headers{};
    std::chrono::milliseconds deadline{0};  // from now; 0 = none
    std::uint64_t ticket = 1;
  };

  /// `beside`: another endpoint of that client's service.
  explicit HttpClient(Options options, const HttpClient* beside = nullptr);
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  ~HttpClient();

  /// Throws std::runtime_error when request() refuses.
  std::future<Answer> start(const Request& request);
  Answer exchange(const Request& request);
  Answer exchange() { return exchange(Request{}); }
  /// Whether request() takes it.
  bool accepts(const Request& request);
  void cancel(std::uint64_t ticket) { http_->cancel(endpoint_, ticket); }
  void close();

  /// "pointer: text" of each problem that open() reported; empty when it opened.
  const std::vector<std::string>& issues() const { return issues_; }
  msgr_http_service_stats stats() const;
  const msgr_http& table() const { return *http_; }
  msgr_http_endpoint* endpoint() { return endpoint_; }
  /// enter() calls that have no leave() yet.
  static int entered();

 private:
  std::shared_ptr<msgr_http_service> service_;
  const msgr_http* http_;
  msgr_http_endpoint* endpoint_ = nullptr;
  std::vector<std::string> issues_;
};

}  // namespace messenger::test
