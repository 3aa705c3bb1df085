// SPDX-License-Identifier: Apache-2.0
// A test send shows what was sent and what came back, and hides what must not be seen.
#include <boost/test/unit_test.hpp>
#include <thread>

#include "echo.hpp"
#include "simulator/simulator.hpp"

using namespace messenger::test;
using messenger::simulator::Simulator;

namespace {

constexpr const char* id = "f49c3b86-91fe-48f7-ae46-d166eead0166";
const std::string one = std::string("/api/messenger/") + id;
constexpr const char* message = R"({"message":{"phoneNumber":"+15551230001","code":"834112"}})";

// A whole request of the unsaved form.
std::string unsaved(const std::string& messenger) {
  json::object body = json::parse(messenger).as_object();
  body["message"] = json::parse(message).at("message");
  return json::serialize(body);
}

json::object test_of(Host& host, const std::string& target, const std::string& body) {
  return host.ok("POST", target, body).at("test").as_object();
}

std::string text_at(const json::object& object, const std::string& pointer) {
  return std::string(json::value(object).at_pointer(pointer).as_string());
}

void check_secret_free(const json::object& test) {
  const std::string text = json::serialize(test);
  for (const char* canary : {"canary", "Y2FuYXJ5", "834112"}) {
    BOOST_TEST(text.find(canary) == std::string::npos, text);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_stored_generic_messenger_shows_both_sides_masked) {
  Echo echo("200 OK");
  Host host;
  host.ok("POST", one,
          generic({{"url", echo.url("/webhook?a=1")},
                   {"headers", {{"X-Secret", "canary-header"}}},
                   {"httpAuthenticationUsername", "me"},
                   {"httpAuthenticationPassword", "canary-password"}}));
  const auto test = test_of(host, one + "/test", message);
  BOOST_TEST(test.at("outcome") == "OK");
  BOOST_TEST(test.at("elapsedMs").as_int64() >= 0);
  BOOST_TEST(text_at(test, "/request/method") == "POST");
  BOOST_TEST(text_at(test, "/request/url") == echo.url("/webhook?a=1"));
  BOOST_TEST(text_at(test, "/request/headers/Authorization") == "Basic ***");
  BOOST_TEST(text_at(test, "/request/headers/X-Secret") == "***");
  BOOST_TEST(text_at(test, "/request/headers/Content-Type") == "application/json");
  BOOST_TEST(
      text_at(test, "/request/body") ==
      R"({"code":"***","phoneNumber":"+15551230001","textMessage":"Your verification code is ***.","type":"SMS"})");
  BOOST_TEST(test.at("response").at("status") == 200);
  BOOST_TEST(text_at(test, "/response/body").starts_with("POST /webhook?a=1 HTTP/1.1\r\n"));
  BOOST_TEST(text_at(test, "/response/body").find("Basic ***") != std::string::npos);
  check_secret_free(test);
  // What really left had no mask.
  BOOST_TEST(echo.requests().front().find("canary-header") != std::string::npos);
  BOOST_TEST(echo.requests().front().find("834112") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_unsaved_twilio_messenger_shows_both_sides_masked_and_stays_unsaved) {
  Simulator simulator;
  simulator.start();
  Host host;
  const auto test = test_of(host, "/api/messenger/test", unsaved(twilio({{"url", simulator.url()}})));
  BOOST_TEST(test.at("outcome") == "OK");
  BOOST_TEST(test.at("providerId").as_string().starts_with("SM"));
  BOOST_TEST(text_at(test, "/request/url") ==
             simulator.url() + "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json");
  BOOST_TEST(text_at(test, "/request/body").find("To=%2B15551230001") != std::string::npos);
  BOOST_TEST(text_at(test, "/request/body").find("code") != std::string::npos);
  BOOST_TEST(test.at("response").at("status") == 201);
  BOOST_TEST(text_at(test, "/response/headers/Content-Type").starts_with("application/json"));
  BOOST_TEST(text_at(test, "/response/body").find("\"sid\"") != std::string::npos);
  check_secret_free(test);
  BOOST_TEST(host.call("GET", "/api/messenger").body == R"({"messengers":[]})");
  BOOST_TEST(host.runtime().registry().messengers().empty());
}

BOOST_AUTO_TEST_CASE(a_refusal_shows_status_code_and_detail) {
  Simulator simulator;
  simulator.start();
  Host host;
  host.ok("POST", one, twilio({{"url", simulator.url()}}));
  const auto test = test_of(host, one + "/test", R"({"message":{"phoneNumber":"+15005550001"}})");
  BOOST_TEST(test.at("outcome") == "REJECTED");
  BOOST_TEST(test.at("httpStatus") == 400);
  BOOST_TEST(test.at("providerCode") == "21211");
  BOOST_TEST(!test.at("detail").as_string().empty());
}

BOOST_AUTO_TEST_CASE(what_never_left_shows_no_response) {
  Host host;
  host.ok("POST", one, generic({{"url", "http://127.0.0.1:" + std::to_string(closed_port())}}));
  const auto test = test_of(host, one + "/test", message);
  BOOST_TEST(test.at("outcome") == "RETRY");
  BOOST_TEST(test.at("detail") == "The provider could not be reached.");
  BOOST_TEST(test.contains("request"));
  BOOST_TEST(!test.contains("response"));
  BOOST_TEST(!test.contains("httpStatus"));
}

BOOST_AUTO_TEST_CASE(a_config_outcome_before_any_request_shows_neither) {
  Host host;
  const auto test = test_of(host, "/api/messenger/test", unsaved(twilio({{"authToken", nullptr}})));
  BOOST_TEST(test.at("outcome") == "CONFIG");
  BOOST_TEST(!test.contains("request"));
}

BOOST_AUTO_TEST_CASE(the_text_may_be_given_and_has_a_default) {
  Echo echo("200 OK");
  Host host;
  host.ok("POST", one, generic({{"url", echo.url()}}));
  test_of(host, one + "/test", R"({"message":{"phoneNumber":"+1"}})");
  test_of(host, one + "/test", R"({"message":{"phoneNumber":"+1","textMessage":"Hi"}})");
  BOOST_TEST(echo.requests().at(0).find(R"("textMessage":"This is a test message.")") != std::string::npos);
  BOOST_TEST(echo.requests().at(1).find(R"("textMessage":"Hi")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_a_provider_repeats_in_another_writing_is_masked_in_the_answer_and_in_the_event_log) {
  RawServer escaped([](Connection& connection) {
    connection.read_request();
    connection.answer(R"({"a":"geh\u00e4imw\u00f6rt99","b":"Basic Ym9iOmFiYw==","c":"<p>geh&auml;imw&ouml;rt99"})",
                      "400 Bad Request");
  });
  Host host({MESSENGER_PARROT_DIR});
  json::value body = json::parse(parrot(escaped.url(), true));
  json::object& messenger = body.at("messenger").as_object();
  messenger["username"] = "bob";
  messenger["password"] = "abc";
  messenger["headers"] = {{"X-Secret", "geh\u00e4imw\u00f6rt99"}};
  const auto test = test_of(host, "/api/messenger/test", unsaved(json::serialize(body)));
  BOOST_TEST(text_at(test, "/response/body") == R"({"a":"***","b":"Basic ***","c":"<p>***"})");
  const auto events = host.events();
  BOOST_TEST_REQUIRE(events.size() == 2U);
  BOOST_TEST(std::string(events[0].at("message").as_string()).find(R"({"a":"***","b":"Basic ***")") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_test_of_a_great_many_secrets_takes_a_moment_only) {
  Host host;
  json::object headers;
  for (int i = 0; i < 20'000; ++i) {
    headers["X-" + std::to_string(i)] = "secret-" + std::to_string(i);
  }
  json::object body = json::parse(generic({{"url", "http://127.0.0.1:" + std::to_string(closed_port())},
                                           {"headers", std::move(headers)}}))
                          .as_object();
  body["message"] = {{"phoneNumber", "+15551230001"}, {"textMessage", std::string(16'000, 'x')}};
  const auto test = test_of(host, "/api/messenger/test", json::serialize(body));  // else the suite's time is over
  BOOST_TEST(text_at(test, "/request/body") == "***");
}

BOOST_AUTO_TEST_CASE(a_test_that_is_open_at_the_end_has_its_answer_without_what_was_sent) {
  RawServer silent([](Connection& connection) {
    connection.read_request();
    connection.read_request();
  });
  Host host;
  const messenger::host::Log log;
  std::vector<json::object> reports;  // one thread writes them
  {
    messenger::host::TestSend sends(host.runtime(), host.store(), log, {});
    for (int i = 0; i < 3; ++i) {
      messenger::host::OutgoingMessage large;
      large.id = "0e0e0e0e-0000-0000-0000-00000000000" + std::to_string(i);
      large.to = "+15551230001";
      large.body = std::string(100'000, 'x');
      const auto issues = sends.start(json::parse(generic({{"url", silent.url()}})).at("messenger").as_object(), {},
                                      large, [&](json::object report) { reports.push_back(std::move(report)); });
      BOOST_TEST_REQUIRE(issues.empty());
    }
  }
  BOOST_TEST_REQUIRE(reports.size() == 3U);
  for (const json::object& report : reports) {
    BOOST_TEST(report.at("outcome") != "OK");
    BOOST_TEST(!report.contains("request"));
  }
}

BOOST_AUTO_TEST_CASE(a_test_leaves_the_trace_of_any_send) {
  Echo echo("400 Bad Request");
  const CapturedLog log;
  Host host({MESSENGER_PARROT_DIR});
  host.ok("POST", one, parrot(echo.url(), true));
  const auto test = test_of(host, one + "/test", message);
  check_secret_free(test);
  json::value same = json::parse(parrot(echo.url()));
  same.at("messenger").as_object()["id"] = id;
  test_of(host, "/api/messenger/test", unsaved(json::serialize(same)));
  const auto events = host.events();
  BOOST_TEST_REQUIRE(events.size() == 3U);
  BOOST_TEST(events[0].at("type") == "Debug");
  BOOST_TEST(events[1].at("type") == "Error");
  BOOST_TEST(events[2].at("type") == "Error");
  for (const auto& event : events) {
    check_no_canary(std::string(event.at("message").as_string()));
  }
  BOOST_TEST(std::string(events[0].at("message").as_string()).find(test.at("messageId").as_string()) !=
             std::string::npos);
  check_no_canary(log.text());
}

BOOST_AUTO_TEST_CASE(a_client_certificate_is_shown_to_the_provider) {
  const TemporaryDirectory directory;
  const Certificate server(directory, "server", "IP:127.0.0.1"), client(directory, "client", "DNS:client");
  messenger::simulator::Options options;
  options.certificate_file = server.certificate_file;
  options.key_file = server.key_file;
  options.client_ca_file = client.certificate_file;
  Simulator simulator(options);
  simulator.start();
  messenger::host::NetworkOptions network;
  network.ca_file = server.certificate_file;
  Host host({}, {}, network);
  host.put_key("e31e242b-4eca-4309-921f-48cb72ec9bfb", contents(client.certificate_file) + contents(client.key_file));
  const json::object with_key{{"url", simulator.url() + "/webhook"},
                              {"sslCertificateId", "e31e242b-4eca-4309-921f-48cb72ec9bfb"}};
  const auto test = test_of(host, "/api/messenger/test", unsaved(generic(with_key)));
  BOOST_TEST(test.at("outcome") == "OK");
  BOOST_TEST(simulator.requests().at(0).at("clientCertificate") == "client");
}

BOOST_AUTO_TEST_CASE(an_unsaved_messenger_has_the_problems_that_creating_it_has) {
  Host host;
  host.ok("POST", one, generic());
  BOOST_TEST(
      host.refused("POST", "/api/messenger/test",
                   R"({"messenger":{"name":"Generic","type":"Generic","url":"x","connectTimeout":1},"message":{}})") ==
      "[blank]message.phoneNumber You must specify [phoneNumber].\n"
      "[duplicate]messenger.name A Messenger with name = [Generic] already exists.\n"
      "[missing]messenger.readTimeout readTimeout is required.\n"
      "[invalid]messenger.url url must start with http:// or https://.\n");
  BOOST_TEST(host.refused("POST", "/api/messenger/test", unsaved(generic({{"name", "n"}, {"url", "http://10.0.0.1/"}})))
                 .starts_with("[blocked]messenger.url "));
  BOOST_TEST(host.refused("POST", "/api/messenger/test", unsaved(R"({"messenger":{"name":"n","type":"X"}})"))
                 .starts_with("[invalid]messenger.type Expected the type field"));
  // The form of one that is being edited.
  BOOST_TEST(host.call("POST", "/api/messenger/test", unsaved(generic({{"id", id}}))).status == 200U);
}

BOOST_AUTO_TEST_CASE(a_test_message_is_checked) {
  Host host;
  host.ok("POST", one, generic());
  const auto refused = [&](const std::string& body) { return host.refused("POST", one + "/test", body); };
  BOOST_TEST(refused("").starts_with("[invalidJSON] "));
  BOOST_TEST(refused("{}") == "[missing]message The body must have an object [message].\n");
  BOOST_TEST(refused(R"({"message":7})").starts_with("[invalidJSON]message "));
  BOOST_TEST(refused(R"({"message":{"phoneNumber":""}})").starts_with("[blank]message.phoneNumber "));
  BOOST_TEST(refused(R"({"message":{"phoneNumber":7,"textMessage":7,"code":7,"text":"x"},"messenger":{}})") ==
             "[invalidJSON]message.code [code] must be a string.\n"
             "[invalidJSON]message.phoneNumber [phoneNumber] must be a string.\n"
             "[invalid]message.text There is no such member here.\n"
             "[invalidJSON]message.textMessage [textMessage] must be a string.\n"
             "[invalid]messenger Beside [message] nothing of this name is expected here.\n");
  BOOST_TEST(host.call("POST", "/api/messenger/00000000-0000-0000-0000-000000000000/test", message).status == 404U);
  BOOST_TEST(host.call("GET", "/api/messenger/test").status == 405U);
  BOOST_TEST(refused(R"({"message":{"phoneNumber":"+15551230001"},"bogus":2})").starts_with("[invalid]bogus "));
  BOOST_TEST(host.refused("POST", "/api/messenger/test", R"({"message":{"phoneNumber":"+15551230001"},"bogus":2})") ==
             "[invalid]bogus Beside [message] nothing of this name is expected here.\n"
             "[missing]messenger The document must have an object [messenger].\n");
}

BOOST_AUTO_TEST_CASE(a_dropped_in_plugin_can_be_tested_and_bodies_are_bounded_text) {
  RawServer server([](Connection& connection) {
    connection.read_request();
    connection.answer("\xFF" + std::string(40'000, 'x'));
  });
  const TemporaryDirectory plugins;
  Host host({plugins.path("")});
  std::filesystem::copy_file(std::filesystem::path(MESSENGER_PARROT_DIR) / "parrot.so", plugins.path("parrot.so"));
  const auto test = test_of(host, "/api/messenger/test", unsaved(parrot(server.url())));
  BOOST_TEST(text_at(test, "/request/url") == server.url() + "/say");
  BOOST_TEST(text_at(test, "/response/body").size() <= 16U << 10U);
  BOOST_TEST(text_at(test, "/response/body").starts_with("\xEF\xBF\xBDxxx"));
}

BOOST_AUTO_TEST_CASE(tests_at_once_do_not_mix) {
  Host host;
  std::vector<std::thread> callers;
  std::atomic<int> wrong{0};
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&, i] {
      for (int round = 0; round < 5; ++round) {
        const std::string name = "/caller-" + std::to_string(i) + "-" + std::to_string(round);
        Echo echo("200 OK");
        const auto response = host.call("POST", "/api/messenger/test", unsaved(generic({{"url", echo.url(name)}})));
        const auto test = json::parse(response.body).at("test").as_object();
        wrong += text_at(test, "/request/url") == echo.url(name) ? 0 : 1;
        wrong += text_at(test, "/response/body").starts_with("POST " + name + " ") ? 0 : 1;
      }
    });
  }
  for (std::thread& caller : callers) {
    caller.join();
  }
  BOOST_TEST(wrong == 0);
}
