// SPDX-License-Identifier: Apache-2.0
// What a send leaves behind: outcomes, event log entries and log lines, and nothing secret in any of them.
#include <boost/algorithm/string/predicate.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "delivery/open_count.hpp"
#include "echo.hpp"
#include "print_outcome.hpp"

using namespace messenger::test;
using messenger::host::OutgoingMessage;
using messenger::loader::Outcome;

namespace {

constexpr const char* id = "f49c3b86-91fe-48f7-ae46-d166eead0166";
const std::string one = std::string("/api/messenger/") + id;

OutgoingMessage message() {
  OutgoingMessage message;
  message.id = "0e0e0e0e-0000-0000-0000-000000000001";
  message.request_id = "request-7";
  message.to = "+15551230001";
  message.body = "Your code is 834112.";
  message.attributes = {{"code", "834112"}, {"userId", "00000000-0000-0000-0000-000000000042"}};
  message.secret = true;
  return message;
}

std::string text_of(const json::value& event) {
  return std::string(event.at("type").as_string()) + ": " + std::string(event.at("message").as_string());
}

struct Row {
  const char* status;
  Outcome outcome;
  const char* first_lines;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.status;
}

const std::array outcomes{Row{"200 OK", Outcome::ok, "The message was accepted by the provider.\nOutcome: OK\n"},
                          Row{"400 Bad Request", Outcome::rejected, "The message was not sent.\nOutcome: REJECTED\n"},
                          Row{"401 Unauthorized", Outcome::config, "The message was not sent.\nOutcome: CONFIG\n"},
                          Row{"500 Internal Server Error", Outcome::unknown,
                              "The message may or may not have been sent.\nOutcome: UNKNOWN\n"}};

// The parts of a request that an echo may begin with, so that each stands at the start of what is bounded.
const std::array echoed{"POST", "Authorization", "X-Secret", "+1555", "Your code", "|834"};

}  // namespace

BOOST_DATA_TEST_CASE(no_trace_tells_a_secret_that_a_provider_and_a_plugin_repeat,
                     boost::unit_test::data::make(outcomes) * boost::unit_test::data::make(echoed), row, from) {
  Echo echo(row.status, from);
  const CapturedLog log;
  {
    Host host({MESSENGER_PARROT_DIR});
    host.ok("POST", one, parrot(echo.url(), true));
    const auto result = host.send(id, message());
    BOOST_TEST(result.outcome == row.outcome);
    BOOST_TEST(result.detail.size() > 3U);  // there was something to hide
    const auto events = host.events();
    BOOST_TEST_REQUIRE(events.size() == (row.outcome == Outcome::ok ? 1U : 2U));
    BOOST_TEST(text_of(events[0]).starts_with(std::string("Debug: ") + row.first_lines));
    for (const auto& event : events) {
      check_no_canary(text_of(event));
      BOOST_TEST(text_of(event).find("\nDetail: ") != std::string::npos);
      BOOST_TEST(text_of(event).find("***") != std::string::npos);
    }
  }
  check_no_canary(log.text());
  BOOST_TEST(log.text().find(" messageId=0e0e0e0e-0000-0000-0000-000000000001 ") != std::string::npos);
  BOOST_TEST(log.text().find(" requestId=request-7") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_entry_says_everything_that_helps) {
  Echo echo("404 Not Found");
  Host host;
  host.ok("POST", one, generic({{"url", echo.url()}, {"name", "Billing"}}));
  host.send(id, message());
  const auto events = host.events();
  BOOST_TEST_REQUIRE(events.size() == 1U);
  BOOST_TEST(text_of(events[0]) ==
             "Error: The message was not sent.\n"
             "Outcome: CONFIG\n"
             "Messenger: Billing (Generic, f49c3b86-91fe-48f7-ae46-d166eead0166)\n"
             "Message: 0e0e0e0e-0000-0000-0000-000000000001\n"
             "Request: request-7\n"
             "To: ********0001\n"
             "HTTP status: 404\n"
             "Detail: The receiver has nothing at this URL.");
}

BOOST_AUTO_TEST_CASE(every_outcome_but_ok_is_an_error_entry) {
  struct Case {
    std::string status;
    Outcome outcome;
  };
  for (const Case& row : {Case{"200 OK", Outcome::ok}, Case{"400 Bad Request", Outcome::rejected},
                          Case{"429 Too Many Requests", Outcome::retry}, Case{"401 Unauthorized", Outcome::config},
                          Case{"500 Internal Server Error", Outcome::unknown}}) {
    Echo echo(row.status);
    Host host;
    host.ok("POST", one, generic({{"url", echo.url()}}));
    BOOST_TEST(host.send(id, message()).outcome == row.outcome);
    BOOST_TEST(host.events().size() == (row.outcome == Outcome::ok ? 0U : 1U));
  }
}

BOOST_AUTO_TEST_CASE(what_took_too_long_or_came_too_late_is_an_error_entry_too) {
  RawServer silent([](Connection& connection) {
    connection.read_request();
    connection.read_request();
  });
  Host host({}, {.timeout = std::chrono::milliseconds(300)});
  host.ok("POST", one, generic({{"url", silent.url()}}));
  BOOST_TEST(host.send(id, message()).outcome == Outcome::unknown);
  OutgoingMessage late = message();
  late.expires = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  BOOST_TEST(host.send(id, late).outcome == Outcome::deadline);
  BOOST_TEST(host.events().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_messenger_that_is_not_there_is_config_and_leaves_an_entry) {
  Host host;
  BOOST_TEST(host.send(id, message()).outcome == Outcome::config);
  const auto events = host.events();
  BOOST_TEST_REQUIRE(events.size() == 1U);
  BOOST_TEST(text_of(events[0]).find("Messenger: not known (f49c3b86") != std::string::npos, text_of(events[0]));
}

BOOST_AUTO_TEST_CASE(a_stored_messenger_that_cannot_be_read_is_retry_and_leaves_an_entry) {
  Host host;
  host.store().transact([](messenger::host::Transaction& transaction) {
    transaction.documents.put(messenger::host::Kind::messenger, {id, "no JSON", {"Broken"}, {}});
  });
  BOOST_TEST(host.send(id, message()).outcome == Outcome::retry);
  const auto events = host.events();
  BOOST_TEST_REQUIRE(events.size() == 1U);
  BOOST_TEST(text_of(events[0]).starts_with("Error: The message was not sent.\nOutcome: RETRY\n"));
}

BOOST_AUTO_TEST_CASE(what_has_begun_ends_unless_it_is_handed_on) {
  messenger::host::OpenCount count;
  { const messenger::host::Begun begun(count); }
  count.wait_for_none();
  {
    messenger::host::Begun begun(count);
    begun.hand_on();
  }
  auto waiting = std::async(std::launch::async, [&] { count.wait_for_none(); });
  BOOST_TEST((waiting.wait_for(std::chrono::milliseconds(50)) == std::future_status::timeout));
  count.end();
}

BOOST_AUTO_TEST_CASE(no_value_forges_a_line_of_an_entry) {
  Host host;
  host.ok("POST", one,
          generic({{"url", "http://127.0.0.1:" + std::to_string(closed_port())},
                   {"name", std::string("N\0UL\nOutcome: OK", 16)}}));
  OutgoingMessage forged = message();
  forged.request_id = "r\r\nOutcome: OK";
  host.send(id, forged);
  const auto events = host.events();
  BOOST_TEST_REQUIRE(events.size() == 1U);
  BOOST_TEST(text_of(events[0]).find("\nMessenger: N UL Outcome: OK (Generic, ") != std::string::npos);
  BOOST_TEST(text_of(events[0]).find("\nRequest: r  Outcome: OK\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_message_goes_out_with_its_id_as_its_key) {
  Echo echo("200 OK");
  Host host;
  host.ok("POST", one, generic({{"url", echo.url()}}));
  host.send(id, message());
  BOOST_TEST_REQUIRE(echo.requests().size() == 1U);
  const std::string request = echo.requests().front();
  BOOST_TEST(boost::icontains(request, "Idempotency-Key: 0e0e0e0e-0000-0000-0000-000000000001"));
  BOOST_TEST(request.ends_with(
      R"({"code":"834112","phoneNumber":"+15551230001","textMessage":"Your code is 834112.","type":"SMS",)"
      R"("userId":"00000000-0000-0000-0000-000000000042"})"));
}

BOOST_AUTO_TEST_CASE(secrets_replaced_while_a_message_is_under_way_are_hidden_old_and_new) {
  std::promise<void> arrived, changed;
  RawServer server([&](Connection& connection) {
    const std::string request = connection.read_request();
    arrived.set_value();
    changed.get_future().wait();
    connection.answer("canary-password and new-password", "400 Bad Request");
  });
  Host host({MESSENGER_PARROT_DIR});
  host.ok("POST", one, parrot(server.url()));
  auto ended = host.begin(id, message());
  arrived.get_future().wait();
  host.ok("PATCH", one, R"({"messenger":{"password":"new-password"}})");
  changed.set_value();
  host.finish(std::move(ended));
  const auto events = host.events();
  BOOST_TEST_REQUIRE(events.size() == 1U);
  BOOST_TEST(text_of(events[0]).ends_with("Detail: *** and ***"), text_of(events[0]));
}

BOOST_AUTO_TEST_CASE(what_follows_may_send_again) {
  Echo echo("400 Bad Request");
  Host host;
  host.ok("POST", one, generic({{"url", echo.url()}}));
  std::promise<Outcome> second;
  host.delivery().send(id, message(), [&](const auto&) {
    host.delivery().send(id, message(), [&](const auto& attempt) { second.set_value(attempt->result.outcome); });
  });
  BOOST_TEST(second.get_future().get() == Outcome::rejected);
  BOOST_TEST(echo.requests().size() == 2U);
}

BOOST_AUTO_TEST_CASE(the_entries_are_kept_with_the_unit_that_writes_them) {
  Echo echo("400 Bad Request");
  Host host;
  host.ok("POST", one, generic({{"url", echo.url()}}));
  const auto attempt = host.begin(id, message()).get();
  const auto text = host.delivery().tell(*attempt);
  BOOST_TEST(text.reason.starts_with("The message was not sent. HTTP status 400."), text.reason);
  const auto write = [&](messenger::host::Transaction& transaction) {
    host.delivery().write_events(transaction, *attempt, text);
    throw std::runtime_error("undone by the test");
  };
  BOOST_CHECK_THROW(host.store().transact(write), std::runtime_error);
  BOOST_TEST(host.events().empty());
}

BOOST_AUTO_TEST_CASE(what_follows_may_throw) {
  Echo echo("200 OK");
  Host host;
  host.ok("POST", one, generic({{"url", echo.url()}}));
  host.delivery().send(id, message(), [](const auto&) { throw std::runtime_error("thrown by the test"); });
  BOOST_TEST(host.send(id, message()).outcome == Outcome::ok);
}

BOOST_AUTO_TEST_CASE(the_event_log_keeps_its_newest_entries) {
  Host host({}, {.timeout = std::chrono::milliseconds(20'000), .event_log_entries = 10});
  for (int i = 0; i < 30; ++i) {
    host.send(id, message());
  }
  const auto events = host.events();
  BOOST_TEST(events.size() == 10U);
  BOOST_TEST(events.back().at("id").as_int64() == 30);
}

BOOST_AUTO_TEST_CASE(every_message_has_its_outcome_before_delivery_ends) {
  std::atomic<int> done{0};
  RawServer silent([](Connection& connection) {
    connection.read_request();
    connection.read_request();
  });
  {
    Host host({}, {.timeout = std::chrono::milliseconds(500)});
    host.ok("POST", one, generic({{"url", silent.url()}}));
    for (int i = 0; i < 20; ++i) {
      host.delivery().send(id, message(), [&](const auto&) { ++done; });
    }
  }
  BOOST_TEST(done == 20);
}
