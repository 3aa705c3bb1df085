// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <future>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>

#include "api/event_log_routes.hpp"
#include "api/messenger_operation_routes.hpp"
#include "api/messenger_routes.hpp"
#include "api/messenger_test_routes.hpp"
#include "api/router.hpp"
#include "certificate.hpp"
#include "database.hpp"
#include "delivery/attempt.hpp"
#include "delivery/delivery.hpp"
#include "delivery/test_send.hpp"
#include "error_output.hpp"
#include "runtime/json_text.hpp"

namespace messenger::test {

namespace json = boost::json;

/// What of a host concerns messengers, on a database of its own, without a socket.
class Host {
 public:
  explicit Host(std::vector<std::filesystem::path> plugins = {}, host::Delivery::Options options = {},
                host::NetworkOptions network = {})
      : plugins_(std::move(plugins)), options_(std::move(options)), network_(std::move(network)) {
    start();
  }
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  ~Host() { stop(); }

  /// Ends everything but the database, and begins anew on it.
  void restart() {
    stop();
    start();
  }
  void stop() {
    test_send_.reset();
    runtime_->registry().shutdown(std::chrono::seconds(5));
    delivery_.reset();
    router_.reset();
    messengers_.reset();
    runtime_.reset();
    store_.reset();
  }
  void start() {
    store_.emplace(database_.options());
    runtime_.emplace(plugins_, log_function(), network_);
    for (const auto& [id, pem] : keys_) {
      runtime_->certificates().put(id, Secret(pem));
    }
    messengers_.emplace(*runtime_, *store_, log_);
    delivery_.emplace(*messengers_, *runtime_, *store_, log_, options_);
    test_send_.emplace(*runtime_, *store_, log_, options_);
    router_.emplace([](const host::Request& request) { return request.authorization != "bad"; }, log_);
    router_->add(host::messenger_routes(*messengers_));
    router_->add(host::messenger_test_routes(*messengers_, *test_send_));
    operations_.emplace(*messengers_, *runtime_, log_);
    router_->add(host::messenger_operation_routes(*operations_, options_.timeout));
    router_->add(host::event_log_routes(*store_));
  }

  /// A key that is kept over restarts.
  void put_key(const std::string& id, const std::string& pem) {
    keys_.emplace_back(id, pem);
    runtime_->certificates().put(id, Secret(pem));
  }

  /// Also from threads other than the test's own, where Boost.Test must not be used.
  host::Response call(const std::string& method, const std::string& target, const std::string& body = {},
                      const std::string& type = "application/json", const std::string& key = "good") {
    host::Request request;
    request.id = "request-1";
    request.method = method;
    request.body = body;
    request.content_type = type;
    request.authorization = key;
    if (!host::set_target(request, target)) {
      throw std::invalid_argument(target);
    }
    auto answer = std::make_shared<std::promise<host::Response>>();
    router_->handle(std::move(request), [answer](host::Response response) { answer->set_value(std::move(response)); });
    auto future = answer->get_future();
    if (future.wait_for(std::chrono::seconds(60)) != std::future_status::ready) {
      throw std::runtime_error("no answer");
    }
    return future.get();
  }

  /// The body of a 200.
  json::object ok(const std::string& method, const std::string& target, const std::string& body = {},
                  const std::string& type = "application/json") {
    const auto response = call(method, target, body, type);
    BOOST_TEST_REQUIRE(response.status == 200U, response.body);
    return json::parse(response.body).as_object();
  }

  /// The codes and messages of a 400, one a line, in order of their paths.
  std::string refused(const std::string& method, const std::string& target, const std::string& body = {},
                      const std::string& type = "application/json") {
    const auto response = call(method, target, body, type);
    BOOST_TEST_REQUIRE(response.status == 400U, response.body);
    std::string lines;
    const json::object errors = json::parse(response.body).as_object();
    if (const auto* fields = errors.if_contains("fieldErrors")) {
      for (const auto& field : fields->as_object()) {
        append(lines, field.value().as_array());
      }
    }
    if (const auto* general = errors.if_contains("generalErrors")) {
      append(lines, general->as_array());
    }
    return lines;
  }

  /// Sends, waits for the result, and keeps its trace.
  loader::Result send(const std::string& messenger, host::OutgoingMessage message) {
    return finish(begin(messenger, std::move(message)));
  }
  using Ended = std::future<std::shared_ptr<const host::Attempt>>;
  Ended begin(const std::string& messenger, host::OutgoingMessage message) {
    auto ended = std::make_shared<std::promise<std::shared_ptr<const host::Attempt>>>();
    delivery_->send(messenger, std::move(message), [ended](auto attempt) { ended->set_value(std::move(attempt)); });
    return ended->get_future();
  }
  loader::Result finish(Ended ended) {
    const auto attempt = ended.get();
    const host::AttemptText text = delivery_->tell(*attempt);
    store_->transact([&](host::Transaction& transaction) { delivery_->write_events(transaction, *attempt, text); },
                     host::Sharing::rows);
    return attempt->result;
  }

  /// The entries of the event log, the oldest first.
  json::array events() {
    return ok("GET", "/api/system/event-log/search?numberOfResults=500&orderBy=insertInstant%20ASC")
        .at("eventLogs")
        .as_array();
  }

  host::Runtime& runtime() { return *runtime_; }
  host::Store& store() { return *store_; }
  host::Messengers& messengers() { return *messengers_; }
  host::Delivery& delivery() { return *delivery_; }
  const Database& database() const { return database_; }

 private:
  static void append(std::string& lines, const json::array& errors) {
    for (const json::value& error : errors) {
      lines.append(error.at("code").as_string()).append(" ").append(error.at("message").as_string()).append("\n");
    }
  }
  loader::LogFunction log_function() {
    return [this](loader::LogLevel level, std::string_view who, std::string_view text) {
      log_.write(level, text, {{"who", who}});
    };
  }

  const std::vector<std::filesystem::path> plugins_;
  const host::Delivery::Options options_;
  const host::NetworkOptions network_;
  std::vector<std::pair<std::string, std::string>> keys_;
  Database database_;
  host::Log log_;
  std::optional<host::Store> store_;
  std::optional<host::Runtime> runtime_;
  std::optional<host::Messengers> messengers_;
  std::optional<host::Router> router_;
  std::optional<host::Delivery> delivery_;
  std::optional<host::Operations> operations_;
  std::optional<host::TestSend> test_send_;
};

inline std::string seed(const std::string& name) {
  std::ifstream file(MESSENGER_TEST_DATA "/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  BOOST_TEST_REQUIRE(!text.str().empty());
  return text.str();
}

inline std::string id_of(const json::object& answer) {
  return std::string(answer.at("messenger").at("id").as_string());
}

/// {"messenger":{…}} of a Generic messenger; changes replace or, when null, remove.
inline std::string generic(json::object changes = {}) {
  json::object messenger{{"name", "Generic"},
                         {"type", "Generic"},
                         {"url", "http://127.0.0.1:9/"},
                         {"connectTimeout", 2'000},
                         {"readTimeout", 2'000}};
  for (auto& member : changes) {
    messenger[member.key()] = member.value();
  }
  return json::serialize(json::object{{"messenger", messenger}});
}

inline std::string twilio(json::object changes = {}) {
  json::object messenger{{"name", "Twilio"},
                         {"type", "Twilio"},
                         {"url", "http://127.0.0.1:9"},
                         {"accountSID", "AC0123456789abcdef0123456789abcdef"},
                         {"authToken", "canary-token"},
                         {"fromPhoneNumber", "+15005550006"}};
  for (auto& member : changes) {
    messenger[member.key()] = member.value();
  }
  return json::serialize(json::object{{"messenger", messenger}});
}

/// Standard error into a text while this lives.
class CapturedLog {
 public:
  std::string text() const { return output_.text(); }

 private:
  TemporaryDirectory directory_;
  ErrorOutput output_{directory_.path("stderr")};
};

}  // namespace messenger::test
