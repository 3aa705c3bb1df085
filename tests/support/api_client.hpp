// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace messenger::test {

/// What a server answered.
struct ApiAnswer {
  unsigned status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;

  /// Throws when the body is not a JSON object.
  boost::json::object json() const;
  bool has(const std::string& header) const { return headers.contains(header); }
};

/// A plain blocking HTTP client on one connection, that hides nothing of what goes wrong: it throws
/// boost::system::system_error when no whole answer comes.
class ApiClient {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;

  /// "http://127.0.0.1:1234" or https, whose certificate is not checked unless `ca_file` is given.
  explicit ApiClient(const std::string& url, std::string key = {}, const std::string& ca_file = {});
  ApiClient(const ApiClient&) = delete;
  ApiClient& operator=(const ApiClient&) = delete;
  ~ApiClient();

  /// JSON when a body is given and no Content-Type.
  ApiAnswer call(const std::string& method, const std::string& target, const std::string& body = {},
                 const Headers& headers = {});
  ApiAnswer get(const std::string& target) { return call("GET", target); }
  ApiAnswer post(const std::string& target, const std::string& body) { return call("POST", target, body); }

  /// Bytes as they are, and one answer.
  void send_bytes(std::string_view bytes);
  ApiAnswer receive();
  /// Whether the server ends the connection within this time without sending anything more.
  bool ended_within(std::chrono::milliseconds time);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace messenger::test
