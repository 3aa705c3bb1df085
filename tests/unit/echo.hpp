// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host_fixture.hpp"
#include "raw_server.hpp"

namespace messenger::test {

/// Answers with a status and, as the body, what it was sent, from a place on: head, credentials and all.
class Echo : public RawServer {
 public:
  explicit Echo(std::string status, std::string from = "")
      : RawServer([status, from](Connection& connection) {
          for (std::string request = connection.read_request(); !request.empty(); request = connection.read_request()) {
            connection.answer(request.substr(std::min(request.find(from), request.size())), status);
          }
        }) {}
};

/// What must be seen nowhere: secrets of the configuration, one of them as HTTP Basic has it, the code, the number.
inline void check_no_canary(const std::string& text) {
  for (const char* canary :
       {"canary-password", "Y2FuYXJ5LXBhc3N3b3Jk", "canary-header", "834112", "834 112", "15551230001", "5551230001"}) {
    BOOST_TEST(text.find(canary) == std::string::npos, canary << " in " << text);
  }
}

inline std::string parrot(const std::string& url, bool debug = false) {
  return json::serialize(json::object{{"messenger",
                                       {{"name", "Parrot"},
                                        {"type", "Parrot"},
                                        {"url", url},
                                        {"debug", debug},
                                        {"username", "me"},  // so that the password stands whole in base64
                                        {"password", "canary-password"},
                                        {"headers", {{"X-Secret", "canary-header"}}}}}});
}

}  // namespace messenger::test
