// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_HTTP_HPP
#define MESSENGER_HTTP_HPP

#include <messenger/http.h>
#include <messenger/host.hpp>
#include <messenger/issue.hpp>
#include <messenger/message.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace messenger {

/// For PluginInfo::needs of a messenger that sends over msgr.http/1.
inline constexpr const char* needs_http[] = {MSGR_HTTP_1, nullptr};

/// Where requests go; read while the endpoint is opened, kept by the service.
struct EndpointConfig {
  std::string_view url{};
  std::uint32_t connect_timeout_ms = 0;  ///< 0 = the service's own
  std::uint32_t read_timeout_ms = 0;
  std::uint64_t max_response_bytes = 0;
  std::string_view username{};  ///< HTTP Basic; data() == nullptr = none
  std::string_view password{};
  std::span<const msgr_pair> headers{};             ///< sent with every request
  std::string_view trusted_roots{};                 ///< PEM; data() == nullptr = the host's
  std::string_view client_certificate{};            ///< PEM, with its chain; data() == nullptr = none
  std::string_view client_key{};                    ///< PEM
  std::string_view client_key_password{};           ///< data() == nullptr = the key is not encrypted
  std::string_view username_pointer = "/username";  ///< what the service's issues about them are reported under
  std::string_view password_pointer = "/password";
  std::string_view certificate_pointer = "/client_certificate";  ///< also of what concerns its key
};

/// One request; copied by the service before send() returns.
struct HttpRequest {
  std::string_view method = "POST";
  std::string_view target{};  ///< appended to the endpoint's URL
  std::string_view content_type{};
  std::string_view body{};
  std::span<const msgr_pair> headers{};
};

/// Why there is no whole response; see http.h.
enum class HttpFailure : std::uint32_t {
  none = MSGR_HTTP_RESPONSE,
  resolve = MSGR_HTTP_RESOLVE,
  connect = MSGR_HTTP_CONNECT,
  tls = MSGR_HTTP_TLS,
  untrusted = MSGR_HTTP_UNTRUSTED,
  timeout = MSGR_HTTP_TIMEOUT,
  reset = MSGR_HTTP_RESET,
  too_large = MSGR_HTTP_TOO_LARGE,
  malformed = MSGR_HTTP_MALFORMED,
  blocked = MSGR_HTTP_BLOCKED,
  cancelled = MSGR_HTTP_CANCELLED,
  deadline = MSGR_HTTP_DEADLINE,
  failed = MSGR_HTTP_FAILED
};

/// What came back; a view for the length of the call it is given to.
class Response {
 public:
  Response(const msgr_http* http, const msgr_http_response& raw) noexcept : http_(http), raw_(&raw) {}
  [[nodiscard]] std::uint64_t ticket() const noexcept { return raw_->ticket; }
  [[nodiscard]] HttpFailure failure() const noexcept {
    return raw_->failure <= MSGR_HTTP_FAILED ? static_cast<HttpFailure>(raw_->failure) : HttpFailure::failed;
  }
  /// false = certainly no byte of the request left.
  [[nodiscard]] bool request_sent() const noexcept { return raw_->request_sent != 0; }
  /// 0 when no status line arrived; may stand beside a failure.
  [[nodiscard]] std::uint32_t status() const noexcept { return raw_->status; }
  [[nodiscard]] std::string_view body() const noexcept { return to_view(raw_->body); }
  /// What failed, in the service's own words, never a secret; data() == nullptr when it does not say.
  [[nodiscard]] std::string_view detail() const noexcept {
    return MSGR_HAS(raw_, msgr_http_response, detail) ? to_view(raw_->detail) : std::string_view{};
  }
  /// The first header of that name in any case; data() == nullptr when there is none.
  [[nodiscard]] std::string_view header(const char* name) const noexcept { return to_view(http_->header(raw_, name)); }

 private:
  const msgr_http* http_;
  const msgr_http_response* raw_;
};

/// The outcome where the transport alone decides it; nothing where the HTTP status is to be judged.
/// A 3xx or 4xx status counts even when its body was cut off: the provider has refused.
std::optional<Result> transport_result(const Response& response) noexcept;

namespace detail {

/// An open msgr.http/1 endpoint, closed with the object.
class EndpointHandle {
 public:
  EndpointHandle(const EndpointHandle&) = delete;
  EndpointHandle& operator=(const EndpointHandle&) = delete;

  /// A hint: ends the requests of this ticket soon.
  void cancel(std::uint64_t ticket) const noexcept { http_->cancel(endpoint_, ticket); }

 protected:
  EndpointHandle(Host host, const EndpointConfig& config);  // throws ConfigError
  ~EndpointHandle() { http_->close(endpoint_); }
  /// MSGR_HTTP_STARTED, or why not.
  std::uint32_t start(const Op& op, const HttpRequest& request, msgr_http_done_fn done, void* ctx) const noexcept;

  Host host_;
  const msgr_http* http_;
  msgr_http_endpoint* endpoint_ = nullptr;
};

}  // namespace detail

/// A messenger's way out over the host's HTTP service. Make it the messenger's last member: it closes first, and
/// returns when the last reply has been handled.
template <class Owner>
class Endpoint : public detail::EndpointHandle {
 public:
  /// Opens the endpoint; throws ConfigError when the service refuses it. owner's members judge the replies.
  Endpoint(Host host, const EndpointConfig& config, const Owner& owner) : EndpointHandle(host, config), owner_(owner) {}

  /// Posts the request of op and completes op, exactly once, with what Classify makes of the reply: a const member
  /// function of Owner, or a free function, that takes a Response and gives a Result or what converts to one.
  /// Allocates nothing.
  template <auto Classify>
  void send(const Op& op, const HttpRequest& request) noexcept {
    const std::uint32_t answer = start(op, request, &on_reply<Classify>, this);
    if (answer == MSGR_HTTP_INVALID) {
      host_.complete(op.ticket(), {.outcome = Outcome::rejected, .detail = "The message makes no valid HTTP request."});
    } else if (answer != MSGR_HTTP_STARTED) {
      host_.complete(op.ticket(), {.outcome = Outcome::retry, .detail = "The HTTP service takes no requests now."});
    }
  }

 private:
  // The barrier: nothing thrown by Classify reaches the service's thread.
  template <auto Classify>
  static void on_reply(void* ctx, const msgr_http_response* raw) noexcept {
    const auto& self = *static_cast<const Endpoint*>(ctx);
    const Response response(self.http_, *raw);
    try {
      if constexpr (std::is_member_function_pointer_v<decltype(Classify)>) {
        self.host_.complete(response.ticket(), std::invoke(Classify, self.owner_, response));
      } else {
        self.host_.complete(response.ticket(), Classify(response));
      }
    } catch (...) {
      const Outcome outcome = response.request_sent() ? Outcome::unknown : Outcome::retry;
      self.host_.complete(response.ticket(), {.outcome = outcome, .detail = "The messenger failed at the reply."});
    }
  }

  const Owner& owner_;
};

}  // namespace messenger

#include <messenger/detail/http_impl.hpp>

#endif
