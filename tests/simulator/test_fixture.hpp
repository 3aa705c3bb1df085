#pragma once

#include <openssl/evp.h>

#include <string>
#include <string_view>
#include <utility>

#include "simulator/http.hpp"
#include "simulator/simulator.hpp"
#include "simulator/test_client.hpp"

namespace messenger::simulator {

/// A simulator that runs as long as the fixture lives.
struct Running {
  explicit Running(Options options = {}) : simulator{std::move(options)} { simulator.start(); }

  /// One call on a connection of its own.
  Response exchange(const Call& call) { return TestClient{simulator}.exchange(call); }

  /// Why the call gets no complete answer.
  beast::error_code failure(const Call& call) {
    TestClient client{simulator};
    client.send(call);
    return client.receive_error();
  }

  Simulator simulator;
};

/// The Authorization header of these credentials.
inline std::string basic(const std::string& user, const std::string& password) {
  const std::string text = user + ":" + password;
  std::string encoded((text.size() + 2) / 3 * 4 + 1, '\0');
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()), bytes, static_cast<int>(text.size()));
  encoded.pop_back();
  return "Basic " + encoded;
}

inline json::object body_of(const Response& response) {
  return json::parse(response.body()).as_object();
}

inline std::string text_of(const json::object& object, std::string_view name) {
  return std::string{object.at(name).as_string()};
}

}  // namespace messenger::simulator
