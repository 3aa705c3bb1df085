// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/exchange.hpp"

namespace messenger::host {

/// Who may call.
enum class Access {
  api_key,  ///< whoever has an API key that allows this method and path
  anyone    ///< the path or the body proves enough (a twoFactorId), or nothing is at stake (/health)
};

/// What the OpenAPI document says of a route.
struct RouteDocument {
  std::string tag, summary;
  std::string request = {};             ///< a schema's name in components; empty = no body
  std::string response = {};            ///< likewise, of the 200 answer
  std::vector<unsigned> also = {};      ///< further statuses, beside 400, 401, 500 and 503
  std::vector<std::string> query = {};  ///< the query's parameters, all optional texts
  unsigned success = 200;               ///< the status of the answer when all went well
};

/// One call of the API.
struct Route {
  std::string method;
  std::string path;  ///< "/api/messenger/{messengerId:uuid}"; kinds are uuid and long, else any text
  Access access = Access::api_key;
  RouteDocument document;
  /// May block for the store, never for the network. What it throws is logged and answered with 500, StoreBusy and
  /// StoreFull with 503.
  std::function<void(const Request&, const Reply&)> handle;
};

}  // namespace messenger::host
