// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http.hpp>
#include <messenger/operations.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "twilio/config.hpp"
#include "twilio/hosts.hpp"
#include "twilio/operations/cancelled.hpp"

namespace messenger::twilio {

/// A way out over the HTTP service on which a run starts its requests itself.
class Line : public detail::EndpointHandle {
 public:
  Line(Host host, const EndpointConfig& config) : EndpointHandle(host, config) {}
  [[nodiscard]] std::uint32_t start(const Op& op, const HttpRequest& request, msgr_http_done_fn done,
                                    void* ctx) const noexcept {
    return EndpointHandle::start(op, request, done, ctx);
  }
  /// In done only.
  [[nodiscard]] Response read(const msgr_http_response& raw) const noexcept { return {http_, raw}; }
};

/// Runs the operations of the catalogue. Make it a messenger's last member, for the reason that Endpoint gives.
class Caller {
 public:
  /// Opens an endpoint for each of Twilio's hosts; throws ConfigError. endpoint: everything but its URL. config must
  /// outlive this object. A host that is not configured, and that the HTTP service refuses, only keeps its operations
  /// from being run.
  Caller(Host host, const Config& config, EndpointConfig endpoint);

  /// Runs one operation and completes the op exactly once; any thread.
  void call(const Op& op, const Call& call);
  /// A hint to end a call soon; any thread.
  void cancel(std::uint64_t ticket);

  /// Where the calls of a product go.
  struct Way {
    std::string url{};
    std::shared_ptr<const Line> line{};
    std::string problem{};  ///< why there is no line
  };
  [[nodiscard]] const Way& way(Product product) const noexcept { return ways_[static_cast<std::size_t>(product)]; }
  [[nodiscard]] const Host& host() const noexcept { return host_; }
  [[nodiscard]] const Config& config() const noexcept { return config_; }
  /// What keeps the account from being called at all; empty = nothing.
  [[nodiscard]] std::string_view problem() const noexcept { return problem_; }
  [[nodiscard]] Cancelled& cancelled() noexcept { return cancelled_; }

 private:
  void open(Product product, std::string_view pointer, bool configured, EndpointConfig endpoint);

  Host host_;
  const Config& config_;
  std::string_view problem_;
  Cancelled cancelled_;
  std::array<Way, 3> ways_;  // the last member: closes first
};

}  // namespace messenger::twilio
