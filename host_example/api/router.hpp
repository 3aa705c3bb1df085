// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.hpp"
#include "runtime/log.hpp"

namespace messenger::host {

/// Finds a request's route, checks its key and its path, and calls it. [handle: any thread]
class Router {
 public:
  /// Whether this request's Authorization allows it.
  using Authorize = std::function<bool(const Request&)>;

  /// Told of each answer, on the thread that answers: the method, the route's path or "unknown", and the status. Throws
  /// nothing.
  using Observe = std::function<void(const std::string& method, const std::string& route, unsigned status,
                                     std::chrono::microseconds took)>;

  Router(Authorize authorize, const Log& log);
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;
  ~Router();

  /// Both before the first handle().
  void observe(Observe observer) { observe_ = std::move(observer); }
  void add(std::vector<Route> routes);
  const std::vector<Route>& routes() const noexcept { return routes_; }

  /// Answers exactly once: 404 for an unknown path, 405 with Allow for another method, 401 without a good key, 400 for
  /// a parameter that is not of its kind, else what the route answers.
  void handle(Request request, const Reply& reply) const;

 private:
  struct Pattern;

  Reply logged(const Request& request, const Pattern* pattern, const Reply& reply) const;
  const Pattern* find_pattern(const Request& request) const;
  Response answer_to(const std::exception_ptr& failure, const boost::json::object& request) const;
  void call(const Route& route, const Pattern& pattern, Request request, const Reply& reply) const;

  Authorize authorize_;
  const Log& log_;
  Observe observe_;
  std::vector<Route> routes_;
  std::vector<Pattern> patterns_;  // of routes_, in the same order
};

}  // namespace messenger::host
