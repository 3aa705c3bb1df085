// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_DETAIL_HTTP_IMPL_HPP
#define MESSENGER_DETAIL_HTTP_IMPL_HPP

#include <messenger/http.hpp>

#include <string>

namespace messenger {
namespace detail {

/// The outcome of a request of which certainly no byte left.
inline Result nothing_sent(const Response& response) noexcept {
  switch (response.failure()) {
    case HttpFailure::resolve:
      return {.outcome = Outcome::retry, .detail = "The provider's host name could not be resolved."};
    case HttpFailure::connect:
      return {.outcome = Outcome::retry, .detail = "The provider could not be reached."};
    case HttpFailure::tls:
      return {.outcome = Outcome::retry, .detail = "The TLS handshake with the provider failed."};
    case HttpFailure::untrusted:
      return {.outcome = Outcome::config, .detail = "The provider's certificate is not trusted."};
    case HttpFailure::timeout:
      return {.outcome = Outcome::retry, .detail = "Connecting to the provider took too long."};
    case HttpFailure::reset:
      return {.outcome = Outcome::retry, .detail = "The connection ended before the request was sent."};
    case HttpFailure::blocked:
      if (!response.detail().empty()) {
        return {.outcome = Outcome::config, .detail = response.detail()};
      }
      return {.outcome = Outcome::config, .detail = "The host does not allow connections to the provider's address."};
    case HttpFailure::cancelled:
      return {.outcome = Outcome::cancelled, .detail = "Cancelled before the request was sent."};
    case HttpFailure::deadline:
      return {.outcome = Outcome::deadline, .detail = "The deadline passed before the request was sent."};
    case HttpFailure::none:
    case HttpFailure::too_large:
    case HttpFailure::malformed:
    case HttpFailure::failed:
      break;
  }
  return {.outcome = Outcome::retry, .detail = "The request could not be sent."};
}

/// Why it is not known what became of a request that may have left.
inline std::string_view doubt(HttpFailure failure) noexcept {
  switch (failure) {
    case HttpFailure::timeout:
      return "The request was sent, but the provider did not answer in time.";
    case HttpFailure::reset:
      return "The connection ended after the request was sent, before a whole answer.";
    case HttpFailure::too_large:
      return "The provider's answer is larger than what is accepted.";
    case HttpFailure::malformed:
      return "What answered the request is not HTTP.";
    case HttpFailure::cancelled:
      return "Cancelled after the request was sent.";
    case HttpFailure::deadline:
      return "The deadline passed after the request was sent.";
    case HttpFailure::none:
    case HttpFailure::resolve:
    case HttpFailure::connect:
    case HttpFailure::tls:
    case HttpFailure::untrusted:
    case HttpFailure::blocked:
    case HttpFailure::failed:
      break;
  }
  return "The request was sent, but no usable answer came.";
}

/// Gathers what a service says about an endpoint's configuration.
struct EndpointIssues {
  const EndpointConfig& config;
  Issues issues{};

  static void add(void* ctx, const msgr_issue* issue) {
    auto& self = *static_cast<EndpointIssues*>(ctx);
    std::string_view pointer = to_view(issue->pointer);
    if (pointer == "/username") {
      pointer = self.config.username_pointer;
    }
    if (pointer == "/password") {
      pointer = self.config.password_pointer;
    }
    if (pointer.starts_with("/client_")) {
      pointer = self.config.certificate_pointer;
    }
    self.issues.push_back({std::string(pointer), std::string(to_view(issue->code)), std::string(to_view(issue->text))});
  }
};

inline EndpointHandle::EndpointHandle(Host host, const EndpointConfig& config)
    : host_(host), http_(host.extension<msgr_http>(MSGR_HTTP_1)) {
  if (http_ == nullptr) {
    throw ConfigError({{"", "unavailable", "The host offers no HTTP service (msgr.http/1)."}});
  }
  const msgr_http_endpoint_config raw{sizeof(raw),
                                      0,
                                      config.connect_timeout_ms,
                                      config.read_timeout_ms,
                                      config.max_response_bytes,
                                      to_str(config.url),
                                      to_str(config.username),
                                      to_str(config.password),
                                      config.headers.data(),
                                      config.headers.size(),
                                      to_str(config.trusted_roots),
                                      to_str(config.client_certificate),
                                      to_str(config.client_key),
                                      to_str(config.client_key_password)};
  EndpointIssues found{config};
  endpoint_ = http_->open(http_, host.raw(), &raw, &EndpointIssues::add, &found);
  if (endpoint_ != nullptr) {
    return;
  }
  if (found.issues.empty()) {
    found.issues.push_back({"/url", "invalid", "The HTTP service refused the endpoint."});
  }
  throw ConfigError(std::move(found.issues));
}

inline std::uint32_t EndpointHandle::start(const Op& op, const HttpRequest& request, msgr_http_done_fn done,
                                           void* ctx) const noexcept {
  const msgr_http_request raw{sizeof(raw),
                              0,
                              op.deadline_ns(),
                              op.ticket(),
                              to_str(request.method),
                              to_str(request.target),
                              to_str(request.content_type),
                              to_str(request.body),
                              request.headers.data(),
                              request.headers.size(),
                              done,
                              ctx};
  return http_->request(endpoint_, &raw);
}

}  // namespace detail

inline std::optional<Result> transport_result(const Response& response) noexcept {
  const HttpFailure failure = response.failure();
  const std::uint32_t status = response.status();
  if (!response.request_sent() && failure != HttpFailure::none) {
    return detail::nothing_sent(response);
  }
  const bool refused = status >= 300 && status < 500;
  const bool whole = failure == HttpFailure::none && status >= 200 && status < 600;
  if (refused || whole) {
    return std::nullopt;
  }
  return Result{.outcome = Outcome::unknown, .http_status = status, .detail = detail::doubt(failure)};
}

}  // namespace messenger

#endif
