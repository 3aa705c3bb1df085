// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "api/api_keys.hpp"
#include "api/metrics.hpp"
#include "api/router.hpp"
#include "api/server.hpp"
#include "cli/serve.hpp"
#include "delivery/engine.hpp"
#include "delivery/one_time_codes.hpp"
#include "delivery/operations.hpp"
#include "delivery/test_send.hpp"
#include "delivery/two_factor_methods.hpp"
#include "runtime/log.hpp"

namespace messenger::host::cli {

/// The whole host, put together: what is above is used by what is below.
class Host {
 public:
  /// Listens when this returns. Throws what its parts throw.
  Host(const ServeArguments& arguments, const Log& log);
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  /// stop() with no time.
  ~Host();

  const std::string& url() const { return server_->url(); }
  /// Where Prometheus is served; empty = nowhere.
  std::string metrics_url() const { return metrics_server_ ? metrics_server_->url() + "/metrics" : std::string(); }
  /// The API key that was made because there was none; empty = there was one.
  const std::string& generated_key() const { return generated_key_; }

  /// What of the settings counts while the host runs, from now on; new plugins and changed messengers, too.
  void reload(const ServeArguments& arguments);

  /// Finishes what has begun, requests first, then messages. True when nothing was cut off. A second call does nothing.
  bool stop(std::chrono::milliseconds within);

 private:
  void add_routes(const Delivery::Options& options);
  void bootstrap(const std::optional<std::string>& key, const Log& log);

  Metrics metrics_;
  Engine engine_;
  Operations operations_;
  std::optional<TestSend> test_send_;
  OneTimeCodes codes_;
  TwoFactorMethods methods_;
  ApiKeys keys_;
  Router router_, metrics_router_;
  std::string generated_key_;
  std::optional<Server> server_, metrics_server_;
};

}  // namespace messenger::host::cli
