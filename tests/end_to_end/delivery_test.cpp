// SPDX-License-Identifier: Apache-2.0
// Every outcome through the registry, the real plugins, the HTTP service and a socket, from a provider that misbehaves.
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <mutex>

#include "certificate.hpp"
#include "http_client.hpp"
#include "print_outcome.hpp"
#include "raw_server.hpp"
#include "runtime/runtime.hpp"
#include "simulator/simulator.hpp"

namespace json = boost::json;
using messenger::host::Runtime;
using messenger::loader::Message;
using messenger::loader::Outcome;
using messenger::loader::Result;
using messenger::loader::SendOptions;
using messenger::simulator::Simulator;
using std::chrono::milliseconds;

namespace {

constexpr const char* account = "AC0123456789abcdef0123456789abcdef";
constexpr const char* recipient = "+15551230001";
// What must never show up in a log, an issue or a result.
constexpr std::array<std::string_view, 5> canaries{"canary-token", "canary-password", "canary-header", "canary-code",
                                                   recipient};

class Delivery {
 public:
  Delivery() : runtime_({}, [this](auto, std::string_view who, std::string_view text) { log(who, text); }) {
    simulator_.start();
  }
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;
  ~Delivery() {
    for (const std::string_view canary : canaries) {
      BOOST_TEST(logged_.find(canary) == std::string::npos);
    }
  }

  void configure(const std::string& type, json::object changes = {}) {
    configure_at(type, simulator_.url() + (type == "Generic" ? "/webhook" : ""), std::move(changes));
  }

  void configure_at(const std::string& type, const std::string& url, json::object changes = {}) {
    json::object config{{"url", url}, {"connectTimeout", 2'000}, {"readTimeout", 300}};
    if (type == "Twilio") {
      config["accountSID"] = account;
      config["authToken"] = "canary-token";
      config["fromPhoneNumber"] = "+15005550006";
    } else {
      config["httpAuthenticationUsername"] = "user";
      config["httpAuthenticationPassword"] = "canary-password";
      config["headers"] = json::object{{"X-Secret", "canary-header"}};
    }
    for (auto& member : changes) {
      config[member.key()] = member.value();
    }
    const auto issues = runtime_.registry().configure("m", type, json::serialize(config));
    BOOST_TEST_REQUIRE(issues.empty(), (issues.empty() ? "" : issues.front().pointer + issues.front().text));
  }

  void fault(const std::string& fault) { simulator_.add_fault(R"({"path":"/","fault":)" + fault + "}"); }

  Result send(SendOptions options = {}, Message message = {}) {
    message.to = message.to.empty() ? recipient : message.to;
    message.body = message.body.empty() ? "Your code is canary-code" : message.body;
    message.secret = true;
    const auto result = runtime_.registry().send("m", message, options);
    for (const std::string_view canary : canaries) {
      BOOST_TEST(result.detail.find(canary) == std::string::npos);
    }
    return result;
  }

  Simulator& simulator() { return simulator_; }
  Runtime& runtime() { return runtime_; }

 private:
  void log(std::string_view who, std::string_view text) {
    const std::lock_guard lock(mutex_);
    logged_.append(who).append(": ").append(text).append("\n");
  }

  std::mutex mutex_;
  std::string logged_;  // guarded by mutex_
  Simulator simulator_;
  Runtime runtime_;
};

struct Row {
  const char* fault;
  Outcome twilio, generic;
  unsigned http_status;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.fault;
}

constexpr auto ok = Outcome::ok;
constexpr auto retry = Outcome::retry;
constexpr auto rejected = Outcome::rejected;
constexpr auto config = Outcome::config;
constexpr auto unknown = Outcome::unknown;

const std::array faults{
    Row{R"({"delayMs":50})", ok, ok, 0},
    Row{R"({"drip":{"intervalMs":1,"bytes":200}})", ok, ok, 0},
    Row{R"({"status":429,"headers":{"Retry-After":"2"},"body":"{\"code\":20429}"})", retry, retry, 429},
    Row{R"({"status":400,"body":"{\"code\":21211}"})", rejected, rejected, 400},
    Row{R"({"status":422,"body":""})", rejected, rejected, 422},
    Row{R"({"status":401,"body":"{\"code\":20003}"})", config, config, 401},
    Row{R"({"status":403,"body":"no"})", config, config, 403},
    Row{R"({"status":405})", config, config, 405},
    Row{R"({"status":302,"headers":{"Location":"http://127.0.0.1:1/"}})", config, config, 302},
    Row{R"({"html":502})", unknown, unknown, 502},
    Row{R"({"html":404})", rejected, config, 404},
    Row{R"({"status":503,"headers":{"Retry-After":"2"}})", unknown, unknown, 503},
    Row{R"({"status":500,"body":"{\"code\":20500}"})", unknown, unknown, 500},
    Row{R"({"silence":true})", unknown, unknown, 0},
    Row{R"({"reset":"before"})", unknown, unknown, 0},
    Row{R"({"reset":"after"})", unknown, unknown, 0},
    Row{R"({"close":"after"})", unknown, unknown, 0},
    Row{R"({"garbage":true})", unknown, unknown, 0},
    Row{R"({"truncate":1})", unknown, unknown, 0},
};

void check(const Row& row, const char* type, Outcome expected) {
  Delivery delivery;
  delivery.configure(type);
  delivery.fault(row.fault);
  const auto result = delivery.send();
  BOOST_TEST(result.outcome == expected);
  BOOST_TEST(result.detail.empty() == (expected == ok));
  if (row.http_status != 0) {
    BOOST_TEST(result.http_status == row.http_status);
  }
  BOOST_TEST(delivery.send().outcome == ok);  // the fault was for one request; the messenger goes on
}

}  // namespace

BOOST_DATA_TEST_CASE(twilio_ends_as_the_fault_says, boost::unit_test::data::make(faults), row) {
  check(row, "Twilio", row.twilio);
}

BOOST_DATA_TEST_CASE(generic_ends_as_the_fault_says, boost::unit_test::data::make(faults), row) {
  check(row, "Generic", row.generic);
}

BOOST_AUTO_TEST_CASE(an_accepted_twilio_message_has_the_providers_id_and_arrives_as_sent) {
  Delivery delivery;
  delivery.configure("Twilio");
  const std::array<messenger::loader::Attribute, 2> attributes{{{"Tags", R"({"a":"b"})"}, {"code", "canary-code"}}};
  Message message;
  message.attributes = attributes;
  message.expires = std::chrono::steady_clock::now() + std::chrono::seconds(300);
  const auto result = delivery.send({}, message);
  BOOST_TEST(result.outcome == ok);
  BOOST_TEST(result.http_status == 201U);
  const auto messages = delivery.simulator().messages();
  BOOST_TEST_REQUIRE(messages.size() == 1U);
  BOOST_TEST(messages[0].at("sid").as_string() == result.provider_id);
  BOOST_TEST(messages[0].at("to").as_string() == recipient);
  BOOST_TEST(messages[0].at("body").as_string() == "Your code is canary-code");
  const auto body = delivery.simulator().requests()[0].at("body").as_string();
  BOOST_TEST(
      (body.find("ValidityPeriod=299") != json::string::npos || body.find("ValidityPeriod=300") != json::string::npos));
}

BOOST_AUTO_TEST_CASE(a_generic_message_keeps_its_idempotency_key_over_attempts) {
  Delivery delivery;
  delivery.configure("Generic");
  const std::array<messenger::loader::Attribute, 2> attributes{{{"code", "canary-code"}, {"userId", "u-1"}}};
  Message message;
  message.attributes = attributes;
  delivery.fault(R"({"status":429})");
  BOOST_TEST(delivery.send({.attempt = 1, .idempotency_key = "key-1"}, message).outcome == retry);
  BOOST_TEST(delivery.send({.attempt = 2, .idempotency_key = "key-1"}, message).outcome == ok);
  const auto requests = delivery.simulator().requests();
  BOOST_TEST_REQUIRE(requests.size() == 2U);
  for (const auto& request : requests) {
    BOOST_TEST(request.at("headers").at("idempotency-key").as_string() == "key-1");
    BOOST_TEST(request.at("body").as_string() ==
               R"({"code":"canary-code","phoneNumber":"+15551230001","textMessage":"Your code is canary-code",)"
               R"("type":"SMS","userId":"u-1"})");
  }
}

BOOST_AUTO_TEST_CASE(retry_after_comes_through) {
  Delivery delivery;
  delivery.configure("Twilio");
  delivery.fault(R"({"status":429,"headers":{"Retry-After":"7"}})");
  BOOST_TEST(delivery.send().retry_after.count() == 7'000);
}

BOOST_AUTO_TEST_CASE(wrong_credentials_are_config) {
  messenger::simulator::Options options;
  options.accounts.push_back({account, "the-token"});
  Simulator strict(options);
  strict.start();
  Delivery delivery;
  delivery.configure_at("Twilio", strict.url());
  const auto wrong = delivery.send();
  BOOST_TEST(wrong.outcome == config);
  BOOST_TEST(wrong.provider_code == "20003");
  delivery.configure_at("Twilio", strict.url(), {{"authToken", "the-token"}});
  BOOST_TEST(delivery.send().outcome == ok);
}

BOOST_AUTO_TEST_CASE(twilios_test_numbers) {
  struct Number {
    const char *from, *to, *code;
    Outcome outcome;
  };
  constexpr std::array numbers{Number{"+15005550001", recipient, "21212", config},
                               Number{"+15005550007", recipient, "21606", config},
                               Number{"+15005550008", recipient, "21611", retry},
                               Number{"+15005550006", "+15005550001", "21211", rejected},
                               Number{"+15005550006", "+15005550002", "21612", rejected},
                               Number{"+15005550006", "+15005550003", "21408", rejected},
                               Number{"+15005550006", "+15005550004", "21610", rejected},
                               Number{"+15005550006", "+15005550009", "21614", rejected}};
  Delivery delivery;
  for (const Number& number : numbers) {
    delivery.configure("Twilio", {{"fromPhoneNumber", number.from}});
    Message message;
    message.to = number.to;
    const auto result = delivery.send({}, message);
    BOOST_TEST(result.outcome == number.outcome, number.code);
    BOOST_TEST(result.provider_code == number.code);
    BOOST_TEST(result.detail.find(number.to) == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(where_nothing_can_have_left_the_outcome_says_so) {
  Delivery delivery;
  for (const char* type : {"Twilio", "Generic"}) {
    delivery.configure_at(type, "http://127.0.0.1:" + std::to_string(messenger::test::closed_port()));
    BOOST_TEST(delivery.send().outcome == retry);
    delivery.configure_at(type, "http://no-such-host.invalid");
    BOOST_TEST(delivery.send().outcome == retry);
  }
}

BOOST_AUTO_TEST_CASE(a_certificate_that_is_not_trusted_is_config) {
  const messenger::test::TemporaryDirectory directory;
  const messenger::test::Certificate own(directory, "own", "IP:127.0.0.1");
  messenger::simulator::Options options;
  options.certificate_file = own.certificate_file;
  options.key_file = own.key_file;
  Simulator server(options);
  server.start();
  Delivery delivery;
  for (const char* type : {"Twilio", "Generic"}) {
    delivery.configure_at(type, server.url());
    BOOST_TEST(delivery.send().outcome == config);
  }
  BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(time_that_runs_out_is_deadline_before_the_request_and_unknown_after) {
  messenger::test::RawServer silent([](messenger::test::Connection& connection) { connection.read_request(); });
  messenger::test::RawServer deaf([](messenger::test::Connection& connection) {
    while (!connection.read_request().empty()) {
    }
  });
  Delivery delivery;
  for (const char* type : {"Twilio", "Generic"}) {
    // A TLS handshake that nobody answers: nothing of the request has left. The first one reads the roots before, for
    // which a sanitizer needs longer than the others have.
    delivery.configure_at(type, "https://127.0.0.1:" + std::to_string(silent.port()));
    BOOST_TEST(delivery.send({.timeout = milliseconds(1'500)}).outcome == Outcome::deadline);
    delivery.configure_at(type, deaf.url(), {{"readTimeout", 60'000}});
    BOOST_TEST(delivery.send({.timeout = milliseconds(400)}).outcome == unknown);
    Message late;
    late.expires = std::chrono::steady_clock::now();
    BOOST_TEST(delivery.send({}, late).outcome == Outcome::deadline);
  }
}

BOOST_AUTO_TEST_CASE(cancel_is_cancelled_before_the_request_and_unknown_after) {
  messenger::test::RawServer silent([](messenger::test::Connection& connection) {
    while (!connection.read_request().empty()) {
    }
  });
  Delivery delivery;
  auto& registry = delivery.runtime().registry();
  const auto cancelled = [&](const std::string& url, bool wait_for_request) {
    delivery.configure_at("Twilio", url, {{"readTimeout", 60'000}});
    std::promise<Outcome> outcome;
    Message message;
    message.to = recipient;
    message.body = "text";
    const auto before = silent.requests().size();
    const auto ticket =
        registry.send("m", message, {}, [&](const Result& result) { outcome.set_value(result.outcome); });
    while (wait_for_request && silent.requests().size() == before) {
      std::this_thread::sleep_for(milliseconds(1));
    }
    BOOST_TEST(registry.cancel(ticket));
    return outcome.get_future().get();
  };
  BOOST_TEST(cancelled("https://127.0.0.1:" + std::to_string(silent.port()), false) == Outcome::cancelled);
  BOOST_TEST(cancelled(silent.url(), true) == unknown);
}

BOOST_AUTO_TEST_CASE(a_kept_alive_server_that_ends_after_the_second_request_gets_each_message_once) {
  for (const bool with_reset : {false, true}) {
    messenger::test::RawServer server([&](messenger::test::Connection& connection) {
      connection.read_request();
      connection.answer();
      connection.read_request();
      with_reset ? connection.reset() : connection.close();
    });
    Delivery delivery;
    delivery.configure_at("Generic", server.url());
    BOOST_TEST(delivery.send().outcome == ok);
    BOOST_TEST(delivery.send().outcome == unknown);
    BOOST_TEST(server.requests().size() == 2U);
  }
}
