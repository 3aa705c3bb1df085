// SPDX-License-Identifier: Apache-2.0
#include "api/endpoints.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace messenger::host {

namespace {

constexpr std::array<std::string_view, 5> methods{"GET", "POST", "PUT", "PATCH", "DELETE"};

// Empty when it is no path.
std::optional<std::vector<std::string>> segments_of(const std::string& path) {
  Request request;
  if (!set_target(request, path) || request.path != path) {
    return std::nullopt;
  }
  if (!request.segments.empty() && request.segments.back().empty()) {
    request.segments.pop_back();  // "/api/" is "/api"
  }
  return request.segments;
}

bool is_above(const std::string& path, const std::vector<std::string>& segments) {
  const auto prefix = segments_of(path);
  return prefix && prefix->size() <= segments.size() && std::equal(prefix->begin(), prefix->end(), segments.begin());
}

}  // namespace

void check_endpoints(const Endpoints& endpoints) {
  for (const auto& [path, allowed] : endpoints) {
    if (!segments_of(path)) {
      throw std::invalid_argument("Expected an endpoint as /api/messenger, but found " + path);
    }
    if (allowed.empty()) {
      throw std::invalid_argument("The endpoint " + path + " has no methods.");
    }
    for (const std::string& method : allowed) {
      if (std::find(methods.begin(), methods.end(), method) == methods.end()) {
        throw std::invalid_argument("Expected one of [GET, POST, PUT, PATCH, DELETE], but found [" + method + "]");
      }
    }
  }
}

bool allows(const Endpoints& endpoints, const Request& request) {
  return endpoints.empty() || std::any_of(endpoints.begin(), endpoints.end(), [&](const auto& endpoint) {
           const auto& [path, allowed] = endpoint;
           return std::find(allowed.begin(), allowed.end(), request.method) != allowed.end() &&
                  is_above(path, request.segments);
         });
}

}  // namespace messenger::host
