// SPDX-License-Identifier: Apache-2.0
#include "api/router.hpp"

#include <boost/algorithm/string/join.hpp>
#include <charconv>
#include <chrono>
#include <exception>
#include <optional>

#include "api/errors.hpp"
#include "api/json_body.hpp"
#include "api/route_path.hpp"
#include "runtime/uuid_text.hpp"
#include "store/store_error.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

bool is_long(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool is_of_kind(std::string_view kind, std::string_view text) {
  return kind == "uuid" ? is_uuid(text) : kind == "long" ? is_long(text) : true;
}

}  // namespace

// A route's path, taken apart once.
struct Router::Pattern {
  explicit Pattern(const std::string& path) : text(path), parts(parts_of(path)) {}

  bool matches(const std::vector<std::string>& path) const {
    if (path.size() != parts.size()) {
      return false;
    }
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (parts[i].parameter ? path[i].empty() : parts[i].text != path[i]) {
        return false;
      }
    }
    return true;
  }

  std::size_t parameter_count() const {
    std::size_t count = 0;
    for (const PathPart& part : parts) {
      count += part.parameter ? 1U : 0U;
    }
    return count;
  }

  // The parameters, into the request.
  void bind(Request& request, Errors& errors) const {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const PathPart& part = parts[i];
      if (!part.parameter) {
        continue;
      }
      const std::string& value = request.segments[i];
      if (!is_of_kind(part.kind, value)) {
        errors.add_field(part.text, "couldNotConvert",
                         "The value of [" + part.text + "] in the path could not be converted.");
      } else {
        request.parameters[part.text] = part.kind == "uuid" ? to_lower_uuid(value) : value;
      }
    }
  }

  std::string text;
  std::vector<PathPart> parts;
};

Router::Router(Authorize authorize, const Log& log) : authorize_(std::move(authorize)), log_(log) {}

Router::~Router() = default;

void Router::add(std::vector<Route> routes) {
  for (Route& route : routes) {
    patterns_.emplace_back(route.path);
    routes_.push_back(std::move(route));
  }
}

void Router::handle(Request request, const Reply& reply) const {
  const Pattern* const pattern = find_pattern(request);
  const Reply answer = logged(request, pattern, reply);
  if (pattern == nullptr) {
    return answer(empty_response(404));
  }
  std::vector<std::string> allowed;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (patterns_[i].text != pattern->text) {
      continue;
    }
    if (routes_[i].method == request.method) {
      return call(routes_[i], *pattern, std::move(request), answer);
    }
    allowed.push_back(routes_[i].method);
  }
  Response response = empty_response(405);
  response.headers.emplace_back("Allow", boost::algorithm::join(allowed, ", "));
  answer(std::move(response));
}

// An entry for each answer, with the route in place of the path: a path can hold what is secret, as a twoFactorId.
Reply Router::logged(const Request& request, const Pattern* pattern, const Reply& reply) const {
  const auto start = std::chrono::steady_clock::now();
  return [this, reply, start, id = request.id, method = request.method,
          route = pattern == nullptr ? "unknown" : pattern->text](Response response) {
    if (response.error) {
      response = answer_to(response.error, {{"requestId", id}, {"method", method}, {"route", route}});
    }
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    log_.info("Answered a request.", {{"requestId", id},
                                      {"method", method},
                                      {"route", route},
                                      {"status", response.status},
                                      {"us", elapsed.count()}});
    if (observe_) {
      observe_(method, route, response.status, elapsed);
    }
    reply(std::move(response));
  };
}

// The one with the fewest parameters: "/api/messenger/test" before "/api/messenger/{messengerId}".
const Router::Pattern* Router::find_pattern(const Request& request) const {
  const Pattern* found = nullptr;
  for (const Pattern& pattern : patterns_) {
    if (pattern.matches(request.segments) &&
        (found == nullptr || pattern.parameter_count() < found->parameter_count())) {
      found = &pattern;
    }
  }
  return found;
}

void Router::call(const Route& route, const Pattern& pattern, Request request, const Reply& reply) const {
  try {
    if (route.access == Access::api_key && !authorize_(request)) {
      return reply(empty_response(401));
    }
    Errors errors;
    pattern.bind(request, errors);
    if (!errors.empty()) {
      return reply(errors.response());
    }
    route.handle(request, reply);
  } catch (...) {
    reply(failure(std::current_exception()));
  }
}

Response Router::answer_to(const std::exception_ptr& failure, const json::object& request) const {
  try {
    std::rethrow_exception(failure);
  } catch (const StoreBusy& error) {
    log_.warning("A request found no store: " + std::string(error.what()), request);
    Response response = empty_response(503);
    response.headers.emplace_back("Retry-After", "1");
    return response;
  } catch (const StoreFull& error) {
    log_.error("There is no room in the store: " + std::string(error.what()), request);
    Errors errors;
    errors.add_general("storeFull", "There is no room to keep more. Nothing was accepted.");
    Response response = errors.response(503);
    response.headers.emplace_back("Retry-After", "60");
    return response;
  } catch (const std::exception& error) {
    log_.error("A request failed: " + std::string(error.what()), request);
    return empty_response(500);
  }
}

}  // namespace messenger::host
