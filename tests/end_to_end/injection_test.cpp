// SPDX-License-Identifier: Apache-2.0
// What a configuration or a message holds stays what it is on the wire: for the real messengers, each field with what
// ends a line, a header, a request or a C string in it.
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "print_outcome.hpp"
#include "raw_server.hpp"
#include "runtime/runtime.hpp"

using namespace std::string_literals;
using messenger::host::Runtime;
using messenger::loader::Attribute;
using messenger::loader::Message;
using messenger::loader::Outcome;
using messenger::loader::SendOptions;
using messenger::test::Connection;
using messenger::test::RawServer;
namespace data = boost::unit_test::data;
namespace json = boost::json;

namespace {

constexpr const char* account = "AC0123456789abcdef0123456789abcdef";

const std::vector<std::string> breaks{"\r\nX-Injected: 1", "\nX-Injected: 1", "\r\n\r\nPOST /Injected HTTP/1.1\r\n\r\n",
                                      "\0X-Injected: 1"s,  "&Injected=1",     "\",\"Injected\":\"1",
                                      "/../../Injected",   "?Injected=1",     "#Injected",
                                      "%0d%0aX-Injected:1"};

struct Stage {
  RawServer provider{[](Connection& connection) {
    while (!connection.read_request().empty()) {
      connection.answer(R"({"sid":"SM0123456789abcdef0123456789abcdef"})", "201 Created");
    }
  }};
  Runtime runtime{{}, {}};

  /// Whether it is in force.
  bool configure(const std::string& type, const json::object& changes = {}) {
    json::object config{{"url", provider.url("/base")}, {"connectTimeout", 2'000}, {"readTimeout", 2'000}};
    if (type == "Twilio") {
      config["accountSID"] = account;
      config["authToken"] = "token";
      config["fromPhoneNumber"] = "+15005550006";
    }
    for (const auto& member : changes) {
      config[member.key()] = member.value();
    }
    return runtime.registry().configure("m", type, json::serialize(config)).empty();
  }

  Outcome send(const Message& message, const SendOptions& options = {}) {
    return runtime.registry().send("m", message, options).outcome;
  }

  /// Every request has the header and the path that it should have, and no header that nobody meant.
  ~Stage() {
    for (const auto& request : provider.requests()) {
      const auto header = request.substr(0, request.find("\r\n\r\n"));
      BOOST_TEST(header.find("\nX-Injected") == std::string::npos, header);
      BOOST_TEST(header.find("\rX-Injected") == std::string::npos, header);
      BOOST_TEST((header.starts_with("POST /base HTTP/1.1\r\n") ||
                  header.starts_with("POST /base/2010-04-01/Accounts/"s + account + "/Messages.json HTTP/1.1\r\n")),
                 header);
    }
  }
};

std::string body_of(const std::string& request) {
  return request.substr(request.find("\r\n\r\n") + 4);
}

// The value of a parameter in a form, decoded; nothing when it stands there not exactly once.
std::optional<std::string> parameter(const std::string& form, const std::string& name) {
  std::vector<std::string> values;
  for (std::size_t at = 0; at <= form.size();) {
    const auto end = std::min(form.find('&', at), form.size());
    const auto pair = form.substr(at, end - at);
    if (pair.starts_with(name + "=")) {
      values.push_back(pair.substr(name.size() + 1));
    }
    at = end + 1;
  }
  if (values.size() != 1) {
    return std::nullopt;
  }
  std::string text;
  for (std::size_t i = 0; i < values[0].size(); ++i) {
    if (values[0][i] == '%') {
      text += static_cast<char>(std::stoi(values[0].substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      text += values[0][i] == '+' ? ' ' : values[0][i];
    }
  }
  return text;
}

}  // namespace

BOOST_DATA_TEST_CASE(in_the_body_and_attributes_it_is_encoded, data::make(breaks), text) {
  Stage stage;
  const std::string body = "code" + text;
  const std::vector<Attribute> attributes{{"code", body}, {"userId", body}, {"PersistentAction", body}};
  BOOST_TEST_REQUIRE(stage.configure("Generic"));
  BOOST_TEST(stage.send({.to = "+15551230001", .body = body, .attributes = attributes}) == Outcome::ok);
  const auto sent = json::parse(body_of(stage.provider.requests().at(0))).as_object();
  BOOST_TEST(sent.at("textMessage").as_string() == body);
  BOOST_TEST(sent.at("code").as_string() == body);
  BOOST_TEST(!sent.contains("Injected"));
  BOOST_TEST_REQUIRE(stage.configure("Twilio"));
  BOOST_TEST(stage.send({.to = "+15551230001", .body = body, .attributes = attributes}) == Outcome::ok);
  const auto form = body_of(stage.provider.requests().at(1));
  BOOST_TEST(parameter(form, "Body").value_or("absent") == body);
  BOOST_TEST(parameter(form, "PersistentAction").value_or("absent") == body);
  BOOST_TEST(!parameter(form, "Injected").has_value());
}

BOOST_DATA_TEST_CASE(in_the_destination_it_is_encoded_or_refused, data::make(breaks), text) {
  Stage stage;
  const std::string to = "+15551230001" + text;
  BOOST_TEST_REQUIRE(stage.configure("Generic"));
  BOOST_TEST(stage.send({.to = to, .body = "x"}) == Outcome::ok);
  BOOST_TEST(json::parse(body_of(stage.provider.requests().at(0))).at("phoneNumber").as_string() == to);
  BOOST_TEST_REQUIRE(stage.configure("Twilio"));
  if (stage.send({.to = to, .body = "x"}) == Outcome::ok) {
    BOOST_TEST(parameter(body_of(stage.provider.requests().at(1)), "To").value_or("absent") == to);
  }
  BOOST_TEST(stage.send({.to = "+15551230001", .from = "Sender" + text, .body = "x"}) != Outcome::retry);
}

BOOST_DATA_TEST_CASE(in_an_attributes_name_it_adds_no_parameter, data::make(breaks), text) {
  Stage stage;
  BOOST_TEST_REQUIRE(stage.configure("Twilio"));
  const std::string name = "Tags" + text;
  const std::vector<Attribute> attributes{{name, "1"}};
  BOOST_TEST(stage.send({.to = "+15551230001", .body = "x", .attributes = attributes}) == Outcome::rejected);
  BOOST_TEST(stage.provider.requests().empty());
}

BOOST_DATA_TEST_CASE(in_an_account_sid_it_goes_nowhere, data::make(breaks), text) {
  Stage stage;
  for (const char* field : {"accountSID", "apiKeySid"}) {
    if (stage.configure("Twilio", {{field, account + text}, {"apiKeySecret", "secret"}})) {
      BOOST_TEST(stage.send({.to = "+15551230001", .body = "x"}) == Outcome::config);
    }
  }
  BOOST_TEST(stage.provider.requests().empty());
}

BOOST_DATA_TEST_CASE(in_a_header_or_the_url_it_is_refused, data::make(breaks), text) {
  Stage stage;
  const bool breaks_a_line = text.find_first_of("\r\n\0"s) != std::string::npos;
  if (breaks_a_line) {
    BOOST_TEST(!stage.configure("Generic", {{"headers", {{"X-A", "a" + text}}}}));
    BOOST_TEST(!stage.configure("Generic", {{"headers", {{"X-A" + text, "a"}}}}));
    for (const char* type : {"Generic", "Twilio"}) {
      BOOST_TEST(!stage.configure(type, {{"url", stage.provider.url("/base") + text}}));
    }
  }
  BOOST_TEST_REQUIRE(stage.configure("Generic"));
  const auto outcome = breaks_a_line ? Outcome::rejected : Outcome::ok;
  BOOST_TEST(stage.send({.to = "+1", .body = "x"}, {.idempotency_key = "key" + text}) == outcome);
  BOOST_TEST(stage.send({.to = "+1", .body = "x"}, {.traceparent = "00-1-2-01" + text}) == outcome);
}

BOOST_DATA_TEST_CASE(in_credentials_it_is_encoded, data::make(breaks), text) {
  Stage stage;
  BOOST_TEST_REQUIRE(stage.configure(
      "Generic", {{"httpAuthenticationUsername", "user"}, {"httpAuthenticationPassword", "password" + text}}));
  BOOST_TEST(stage.send({.to = "+1", .body = "x"}) == Outcome::ok);
  BOOST_TEST_REQUIRE(stage.configure("Twilio", {{"authToken", "token" + text}}));
  BOOST_TEST(stage.send({.to = "+15551230001", .body = "x"}) == Outcome::ok);
}
