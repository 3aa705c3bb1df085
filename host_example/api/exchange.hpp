// SPDX-License-Identifier: Apache-2.0
// A request and its answer, as routes see them: without a socket, so that they are tested without one.
#pragma once

#include <exception>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace messenger::host {

struct Request {
  std::string id;                                            ///< names this request in the log and in X-Request-Id
  std::string method, path;                                  ///< the path as sent, without its query
  std::vector<std::string> segments;                         ///< of the path, decoded
  std::map<std::string, std::string> query;                  ///< decoded; the last of several
  std::string raw_query;                                     ///< "?a=b" as sent; empty = the target has none
  std::string authorization, content_type;                   ///< as sent; empty = absent
  std::vector<std::pair<std::string, std::string>> headers;  ///< as sent, but those with credentials
  std::string body;
  std::size_t most_body = 1U << 20U;              ///< bytes that a body may have
  std::map<std::string, std::string> parameters;  ///< of the route's path, checked; set by the router
};

/// Takes a request target ("/api/key?x=1") apart into path, segments and query. False when it is malformed.
bool set_target(Request& request, std::string_view target);

struct Response {
  unsigned status = 200;
  std::string body;  ///< JSON, unless a header says else; empty = no body and no Content-Type
  std::vector<std::pair<std::string, std::string>> headers;  ///< beside those that every answer has
  std::exception_ptr error = nullptr;  ///< set: the request failed so; the router logs it and says what is answered
};

/// Takes the answer, on any thread, perhaps after the handler has returned. To be called once; a second call is
/// ignored.
using Reply = std::function<void(Response)>;

}  // namespace messenger::host
