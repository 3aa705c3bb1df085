// SPDX-License-Identifier: Apache-2.0
// Every way in which HTTP fails: its class and whether the request may have left, as the service says it, and the
// outcome that the real messengers make of it. And that no failure holds up anybody else.
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "fault.hpp"
#include "http_client.hpp"
#include "name_service.hpp"
#include "print_outcome.hpp"
#include "raw_server.hpp"
#include "runtime/runtime.hpp"

using namespace messenger::test;
using messenger::host::Runtime;
using messenger::loader::Outcome;
using messenger::loader::Result;
using std::chrono::milliseconds;
namespace data = boost::unit_test::data;
namespace json = boost::json;

namespace {

constexpr const char* account = "AC0123456789abcdef0123456789abcdef";
constexpr std::uint32_t timeout_ms = 300, long_timeout_ms = 60'000;

HttpClient::Options client_of(const Provider& provider, std::uint32_t timeout = timeout_ms) {
  return {.url = provider.url, .connect_timeout_ms = timeout, .read_timeout_ms = timeout, .ca_file = roots_file()};
}

class Messenger {
 public:
  Messenger(const std::string& type, const Provider& provider, std::uint32_t timeout = timeout_ms)
      : runtime_({}, {}, network()) {
    json::object config{{"url", provider.url}, {"connectTimeout", timeout}, {"readTimeout", timeout}};
    if (type == "Twilio") {
      config["accountSID"] = account;
      config["authToken"] = "token";
      config["fromPhoneNumber"] = "+15005550006";
    }
    BOOST_TEST_REQUIRE(runtime_.registry().configure("m", type, json::serialize(config)).empty());
  }

  Result send(messenger::loader::SendOptions options = {}) { return runtime_.registry().send("m", message, options); }
  messenger::loader::Registry& registry() { return runtime_.registry(); }

  const messenger::loader::Message message{.to = "+15551230001", .body = "text"};

 private:
  static messenger::host::NetworkOptions network() {
    messenger::host::NetworkOptions options;
    options.ca_file = roots_file();
    return options;
  }
  Runtime runtime_;
};

}  // namespace

BOOST_DATA_TEST_CASE(the_service_names_the_class_and_says_whether_the_request_left, data::make(faults()), fault) {
  const Provider provider = fault.start();
  HttpClient client(client_of(provider));
  for (int i = 0; i < fault.before; ++i) {
    BOOST_TEST(client.exchange().failure == unsigned{MSGR_HTTP_RESPONSE});
  }
  const auto answer = client.exchange();
  BOOST_TEST(answer.failure == fault.failure);
  BOOST_TEST(answer.request_sent == fault.request_sent);
}

BOOST_DATA_TEST_CASE(each_messenger_makes_the_outcome_of_it, data::make(faults()) * data::make({"Twilio", "Generic"}),
                     fault, type) {
  const Provider provider = fault.start();
  Messenger messenger(type, provider);
  for (int i = 0; i < fault.before; ++i) {
    BOOST_TEST(messenger.send().outcome == Outcome::ok);
  }
  const auto result = messenger.send();
  BOOST_TEST(result.outcome == (std::string_view(type) == "Twilio" ? fault.twilio : fault.generic));
  BOOST_TEST(result.detail.empty() == (result.outcome == Outcome::ok));
}

BOOST_DATA_TEST_CASE(a_deadline_ends_it_in_each_phase, data::make(phases()), phase) {
  const Provider provider = phase.start();
  HttpClient client(client_of(provider, long_timeout_ms));
  const auto answer = client.exchange({.deadline = milliseconds(100)});
  BOOST_TEST(answer.failure == unsigned{MSGR_HTTP_DEADLINE});
  BOOST_TEST(answer.request_sent == phase.request_sent);
  for (const char* type : {"Twilio", "Generic"}) {
    Messenger messenger(type, provider, long_timeout_ms);
    BOOST_TEST(messenger.send({.timeout = milliseconds(200)}).outcome ==
               (phase.request_sent != 0 ? Outcome::unknown : Outcome::deadline));
  }
}

BOOST_DATA_TEST_CASE(cancel_ends_it_in_each_phase, data::make(phases()), phase) {
  const Provider provider = phase.start();
  HttpClient client(client_of(provider, long_timeout_ms));
  auto answer = client.start({.ticket = 7});
  std::this_thread::sleep_for(milliseconds(100));  // into the phase; a slow machine may cancel earlier
  client.cancel(7);
  const auto cancelled = answer.get();
  BOOST_TEST(cancelled.failure == unsigned{MSGR_HTTP_CANCELLED});
  BOOST_TEST(cancelled.request_sent <= phase.request_sent);
  for (const char* type : {"Twilio", "Generic"}) {
    Messenger messenger(type, provider, long_timeout_ms);
    std::promise<Outcome> outcome;
    const auto ticket = messenger.registry().send("m", messenger.message, {},
                                                  [&](const Result& result) { outcome.set_value(result.outcome); });
    std::this_thread::sleep_for(milliseconds(100));
    BOOST_TEST(messenger.registry().cancel(ticket));
    const auto ended = outcome.get_future().get();
    BOOST_TEST((ended == Outcome::cancelled || (ended == Outcome::unknown && phase.request_sent != 0)));
  }
}

// The lookup waits for this test, which would never end if anything here waited for the lookup.
BOOST_AUTO_TEST_CASE(a_lookup_that_hangs_holds_up_nobody) {
  const HeldName hanging("hanging.example");
  RawServer server([](Connection& connection) {
    while (!connection.read_request().empty()) {
      connection.answer();
    }
  });
  HttpClient good({.url = server.url()});
  HttpClient stuck({.url = "http://hanging.example", .connect_timeout_ms = long_timeout_ms}, &good);
  auto cancelled = stuck.start({.ticket = 1});
  auto closed = stuck.start({.ticket = 2});
  hanging.wait_for_lookups(1);
  BOOST_TEST(good.exchange().status == 200U);
  stuck.cancel(1);
  BOOST_TEST(cancelled.get().failure == unsigned{MSGR_HTTP_CANCELLED});
  BOOST_TEST(good.exchange().status == 200U);
  stuck.close();
  BOOST_TEST(closed.get().failure == unsigned{MSGR_HTTP_CANCELLED});
  BOOST_TEST(good.exchange().status == 200U);
  HttpClient ends({.url = "http://hanging.example", .connect_timeout_ms = long_timeout_ms});
  auto ended = ends.start({});
  hanging.wait_for_lookups(2);
  ends.close();
}

// Peers that never read or close: what is closed here must not wait for them.
BOOST_AUTO_TEST_CASE(a_peer_that_never_closes_holds_up_nobody) {
  const Provider silent = phases().at(2).start();
  RawServer server([](Connection& connection) {
    while (!connection.read_request().empty()) {
      connection.answer();
    }
  });
  HttpClient good({.url = server.url()});
  for (int i = 0; i < 20; ++i) {
    HttpClient stuck(client_of(silent, long_timeout_ms), &good);
    auto answer = stuck.start({.body = std::string(100'000, 'x')});
    stuck.close();
    BOOST_TEST(answer.get().failure == unsigned{MSGR_HTTP_CANCELLED});
    BOOST_TEST(good.exchange().status == 200U);
  }
}
