#include "simulator/simulator.hpp"
#include "certificate.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <ostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "simulator/form.hpp"
#include "simulator/http.hpp"
#include "simulator/request_log.hpp"
#include "simulator/stream.hpp"
#include "simulator/test_client.hpp"
#include "simulator/test_fixture.hpp"
#include "simulator/text.hpp"
#include "simulator/twilio/segments.hpp"

namespace {

using namespace messenger::simulator;
namespace data = boost::unit_test::data;
const beast::error_code connection_reset = asio::error::connection_reset;

const std::string account = "AC" + std::string(32, 'a');
const std::string other_account = "AC" + std::string(32, 'b');
const std::string api_key = "SK" + std::string(32, 'c');
const std::string service = "MG" + std::string(32, 'd');
const std::string messages_path = "/2010-04-01/Accounts/" + account + "/Messages.json";

Call create_message(const std::string& form, const std::string& authorization = basic(account, "token")) {
  return {http::verb::post,
          messages_path,
          form,
          {{"Authorization", authorization}, {"Content-Type", "application/x-www-form-urlencoded"}}};
}

Call get_messages(const std::string& target) {
  return {http::verb::get, target, {}, {{"Authorization", basic(account, "token")}}};
}

Call webhook(const std::string& fault = "{}") {
  return {http::verb::post, "/webhook/sms", R"({"type":"SMS"})", {{"X-Simulator-Fault", fault}}};
}

const Call plain_webhook{http::verb::post, "/webhook/sms", R"({"type":"SMS"})"};
const std::string good_form = "To=%2B15551230001&From=%2B15005550006&Body=Code+012345";

Options known_accounts() {
  Options options;
  options.accounts = {{account, "token"}, {other_account, "other"}};
  options.api_keys = {{api_key, "secret", account}};
  return options;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(twilio_messages, Running)

BOOST_AUTO_TEST_CASE(a_message_is_created_fetched_and_listed) {
  const Response created = exchange(create_message(good_form + "&Tags=%7B%22a%22%3A%22b%22%7D"));
  BOOST_TEST(created.result_int() == 201);
  BOOST_TEST(created["Twilio-Request-Id"].starts_with("RQ"));
  BOOST_TEST(created["Twilio-Concurrent-Requests"] == "1");
  const json::object message = body_of(created);
  BOOST_TEST(is_sid(text_of(message, "sid"), "SM"));
  BOOST_TEST(text_of(message, "status") == "queued");
  BOOST_TEST(text_of(message, "to") == "+15551230001");
  BOOST_TEST(text_of(message, "from") == "+15005550006");
  BOOST_TEST(text_of(message, "body") == "Code 012345");
  BOOST_TEST(text_of(message, "num_segments") == "1");
  BOOST_TEST(text_of(message, "date_created").ends_with(" +0000"));
  BOOST_TEST(text_of(message, "date_sent") == text_of(message, "date_created"));
  BOOST_TEST(message.at("error_code").is_null());
  BOOST_TEST(text_of(message.at("tags").as_object(), "a") == "b");

  const Response fetched = exchange(get_messages(text_of(message, "uri")));
  BOOST_TEST(fetched.result_int() == 200);
  BOOST_TEST(body_of(fetched) == message);
  const json::object list = body_of(exchange(get_messages(messages_path)));
  BOOST_TEST(list.at("messages").as_array() == json::array({message}));
  BOOST_TEST(simulator.messages() == json::array({message}));
}

BOOST_AUTO_TEST_CASE(kind_and_status_follow_the_form) {
  const json::object media =
      body_of(exchange(create_message(good_form + "&MediaUrl=https%3A%2F%2Fexample.com%2Fa.png")));
  BOOST_TEST(is_sid(text_of(media, "sid"), "MM"));
  BOOST_TEST(text_of(media, "num_media") == "1");
  const std::string by_service = "To=%2B15551230001&Body=x&MessagingServiceSid=" + service;
  const json::object accepted = body_of(exchange(create_message(by_service)));
  BOOST_TEST(text_of(accepted, "status") == "accepted");
  BOOST_TEST(text_of(accepted, "messaging_service_sid") == service);
  BOOST_TEST(accepted.at("from").is_null());
}

BOOST_AUTO_TEST_CASE(a_list_is_filtered_and_paged_newest_first) {
  TestClient client{simulator};
  for (const char* digit : {"1", "2", "3"}) {
    client.exchange(create_message("From=Sender&Body=x&To=%2B1555123000" + std::string{digit}));
  }
  const json::object first = body_of(client.exchange(get_messages(messages_path + "?PageSize=2&From=Sender")));
  BOOST_TEST(first.at("messages").as_array().size() == 2U);
  BOOST_TEST(text_of(first.at("messages").as_array().at(0).as_object(), "to") == "+15551230003");
  BOOST_TEST(first.at("previous_page_uri").is_null());
  const json::object second = body_of(client.exchange(get_messages(text_of(first, "next_page_uri"))));
  BOOST_TEST(second.at("messages").as_array().size() == 1U);
  BOOST_TEST(second.at("start").as_int64() == 2);
  BOOST_TEST(second.at("next_page_uri").is_null());
  const auto count = [&](const std::string& query) {
    return body_of(client.exchange(get_messages(messages_path + query))).at("messages").as_array().size();
  };
  BOOST_TEST(count("?To=%2B15551230002") == 1U);
  BOOST_TEST(count("?From=Nobody") == 0U);
  BOOST_TEST(count("?DateSent=2001-01-01") == 0U);
  BOOST_TEST(count("?DateSent%3E=2001-01-01T00%3A00%3A00Z") == 3U);
  BOOST_TEST(count("?DateSent%3C=2001-01-01") == 0U);
  for (const char* query : {"?PageSize=0", "?PageSize=1001", "?Page=x", "?DateSent=today"}) {
    BOOST_TEST(client.exchange(get_messages(messages_path + query)).result_int() == 400);
  }
}

struct Refusal {
  int code;
  std::string form;
};

std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
  return out << refusal.code << ' ' << refusal.form;
}

const std::string to_and_from = "To=%2B15551230001&From=%2B15005550006";
const std::string scheduled = to_and_from + "&Body=x&ScheduleType=fixed&SendAt=";
const std::vector<Refusal> refusals{
    {21604, "From=%2B15005550006&Body=x"},
    {21603, "To=%2B15551230001&Body=x"},
    {21619, to_and_from},
    {21617, to_and_from + "&Body=" + std::string(1601, 'x')},
    {21211, "To=5551230001&From=%2B15005550006&Body=x"},
    {21211, "To=whatsapp%3A5551230001&From=%2B15005550006&Body=x"},
    {21212, "To=%2B15551230001&From=NotASenderName&Body=x"},
    {21620, to_and_from + "&MediaUrl=example.com"},
    {21623, to_and_from + "&MediaUrl=http://a" +
                []() {
                  std::string more;
                  for (int i = 0; i < 10; ++i) more += "&MediaUrl=http://a";
                  return more;
                }()},
    {21624, good_form + "&ValidityPeriod=0"},
    {21624, good_form + "&ValidityPeriod=36001"},
    {21701, "To=%2B15551230001&Body=x&MessagingServiceSid=MG1"},
    {35126, good_form + "&SendAt=2030-01-01T00:00:00Z"},
    {35111, good_form + "&ScheduleType=fixed"},
    {35118, scheduled + "2030-01-01T00:00:00Z"},
    {35114, scheduled + "2001-01-01T00:00:00Z&MessagingServiceSid=" + service},
    {35114, scheduled + "tomorrow&MessagingServiceSid=" + service},
    {21212, "To=%2B15551230001&From=%2B15005550001&Body=x"},
    {21606, "To=%2B15551230001&From=%2B15005550007&Body=x"},
    {21611, "To=%2B15551230001&From=%2B15005550008&Body=x"},
    {21211, "To=%2B15005550001&From=%2B15005550006&Body=x"},
    {21612, "To=%2B15005550002&From=%2B15005550006&Body=x"},
    {21408, "To=%2B15005550003&From=%2B15005550006&Body=x"},
    {21610, "To=%2B15005550004&From=%2B15005550006&Body=x"},
    {21614, "To=%2B15005550009&From=%2B15005550006&Body=x"},
};

BOOST_DATA_TEST_CASE(a_bad_message_gets_its_code, data::make(refusals)) {
  const Response response = exchange(create_message(sample.form));
  BOOST_TEST(response.result_int() == 400);
  const json::object body = body_of(response);
  BOOST_TEST(body.at("code").as_int64() == sample.code);
  BOOST_TEST(body.at("status").as_int64() == 400);
  BOOST_TEST(text_of(body, "more_info").ends_with(std::to_string(sample.code)));
  BOOST_TEST(simulator.messages().empty());
}

BOOST_AUTO_TEST_CASE(a_schedule_within_the_window_is_accepted) {
  const std::time_t tomorrow = std::time(nullptr) + 86'400;
  std::string when(20, '\0');
  std::strftime(when.data(), when.size() + 1, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&tomorrow));
  const json::object message = body_of(exchange(create_message(scheduled + when + "&MessagingServiceSid=" + service)));
  BOOST_TEST(text_of(message, "status") == "scheduled");
  BOOST_TEST(message.at("date_sent").is_null());
}

BOOST_AUTO_TEST_CASE(a_body_that_is_no_form_has_no_fields) {
  Call call = create_message(R"({"To":"+15551230001"})");
  call.headers.back().second = "application/json";
  BOOST_TEST(body_of(exchange(call)).at("code").as_int64() == 21604);
}

BOOST_AUTO_TEST_CASE(unknown_paths_and_methods_are_refused) {
  const auto code = [&](Call call) { return body_of(exchange(call)).at("code").as_int64(); };
  BOOST_TEST(code(get_messages("/2010-04-01/Accounts.json")) == 20404);
  BOOST_TEST(code(get_messages("/2010-04-01/Accounts/" + account + "/Messages/SM1.json")) == 20404);
  Call remove = get_messages(messages_path);
  remove.method = http::verb::delete_;
  BOOST_TEST(code(remove) == 20004);
}

BOOST_AUTO_TEST_CASE(without_accounts_anybody_well_formed_is_let_in) {
  const auto status = [&](const std::string& user, const std::string& password) {
    return exchange(create_message(good_form, basic(user, password))).result_int();
  };
  BOOST_TEST(status(account, "x") == 201U);
  BOOST_TEST(status(api_key, "x") == 201U);
  BOOST_TEST(status(account, "") == 401U);
  BOOST_TEST(status("somebody", "x") == 401U);
  BOOST_TEST(status(other_account, "x") == 404U);
}

BOOST_AUTO_TEST_CASE(listed_accounts_and_keys_alone_are_let_in) {
  Running listed{known_accounts()};
  const auto status = [&](const std::string& authorization) {
    return listed.exchange(create_message(good_form, authorization)).result_int();
  };
  BOOST_TEST(status(basic(account, "token")) == 201U);
  BOOST_TEST(status(basic(api_key, "secret")) == 201U);
  BOOST_TEST(status(basic(account, "wrong")) == 401U);
  BOOST_TEST(status(basic(api_key, "wrong")) == 401U);
  BOOST_TEST(status("Bearer abc") == 401U);
  BOOST_TEST(status("Basic ?") == 401U);
  BOOST_TEST(status(basic(other_account, "other")) == 404U);
  const Response refused = listed.exchange(create_message(good_form, basic(account, "wrong")));
  BOOST_TEST(refused["WWW-Authenticate"] == R"(Basic realm="Twilio API")");
  BOOST_TEST(refused.body() == R"({"code":20003,"message":"Authenticate",)"
                               R"("more_info":"https://www.twilio.com/docs/errors/20003","status":401})");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(control, Running)

BOOST_AUTO_TEST_CASE(requests_are_remembered_in_order_with_their_connection) {
  TestClient client{simulator};
  BOOST_TEST(client.exchange(plain_webhook).body() == "{}");
  client.exchange({http::verb::put, "/webhook?x=1", {}, {{"X-Twice", "1"}, {"X-Twice", "2"}}});
  exchange(get_messages(messages_path));
  const json::object seen = body_of(client.exchange({http::verb::get, "/simulator/requests?path=%2Fwebhook"}));
  const json::array& requests = seen.at("requests").as_array();
  BOOST_TEST_REQUIRE(requests.size() == 2U);
  const json::object& first = requests.at(0).as_object();
  const json::object& second = requests.at(1).as_object();
  BOOST_TEST(text_of(first, "body") == plain_webhook.body);
  BOOST_TEST(text_of(second, "target") == "/webhook?x=1");
  BOOST_TEST(text_of(second, "path") == "/webhook");
  BOOST_TEST(second.at("headers").as_object().at("x-twice") == json::array({"1", "2"}));
  BOOST_TEST(first.at("connection") == second.at("connection"));
  BOOST_TEST(simulator.requests().size() == 3U);
  BOOST_TEST(client.exchange({http::verb::delete_, "/simulator/requests"}).result_int() == 204);
  BOOST_TEST(simulator.requests().empty());
}

BOOST_AUTO_TEST_CASE(only_the_newest_requests_are_kept) {
  RequestLog log;
  for (std::size_t i = 0; i <= RequestLog::capacity; ++i) log.add(to_request(plain_webhook), 1);
  const json::array kept = log.list("/");
  BOOST_TEST(kept.size() == RequestLog::capacity);
  BOOST_TEST(kept.at(0).as_object().at("id").to_number<int>() == 2);
}

BOOST_AUTO_TEST_CASE(every_rule_counts_what_another_strikes) {
  simulator.add_fault(R"({"fault":{"status":501}})");
  simulator.add_fault(R"({"fault":{"status":502},"after":1})");
  BOOST_TEST(exchange(plain_webhook).result_int() == 501U);
  BOOST_TEST(exchange(plain_webhook).result_int() == 502U);
}

BOOST_AUTO_TEST_CASE(rules_strike_as_often_as_they_say) {
  const auto status = [&] { return exchange(plain_webhook).result_int(); };
  const std::string rule = R"({"path":"/webhook","fault":{"status":503},"times":2,"after":1})";
  BOOST_TEST(exchange({http::verb::post, "/simulator/faults", rule}).result_int() == 201U);
  BOOST_TEST(status() == 200U);
  BOOST_TEST(status() == 503U);
  BOOST_TEST(exchange(get_messages(messages_path)).result_int() == 200U);
  BOOST_TEST(status() == 503U);
  BOOST_TEST(status() == 200U);
  simulator.add_fault(R"({"fault":{"status":500},"times":0})");
  BOOST_TEST(status() == 500U);
  const json::object list = body_of(exchange({http::verb::get, "/simulator/faults"}));
  BOOST_TEST(list.at("faults").as_array().size() == 1U);
  exchange({http::verb::delete_, "/simulator/faults"});
  BOOST_TEST(status() == 200U);
}

const std::vector<std::string> bad_faults{"",
                                          "[]",
                                          "{}",
                                          R"({"status":99})",
                                          R"({"status":"503"})",
                                          R"({"statsu":503})",
                                          R"({"delayMs":-1})",
                                          R"({"silence":false})",
                                          R"({"silence":true,"garbage":true})",
                                          R"({"reset":"now"})",
                                          R"({"close":"before"})",
                                          R"({"drip":{"bytes":0}})",
                                          R"({"drip":true})",
                                          R"({"truncate":-1})",
                                          R"({"status":503,"html":502})",
                                          R"({"body":"x"})",
                                          R"({"status":204,"body":"x"})",
                                          R"({"status":503,"reset":"after"})",
                                          R"({"status":503,"headers":{"a b":"c"}})",
                                          R"({"status":503,"headers":{"a":"b\r\nc: d"}})"};

BOOST_DATA_TEST_CASE(a_bad_fault_is_refused_with_a_reason, data::make(bad_faults)) {
  const Response response = exchange({http::verb::post, "/simulator/faults", R"({"fault":)" + sample + "}"});
  BOOST_TEST(response.result_int() == 400);
  BOOST_TEST(!text_of(body_of(response), "message").empty());
  const bool can_be_a_header = !sample.empty();
  if (can_be_a_header) BOOST_TEST(exchange(webhook(sample)).result_int() == 400);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(faults, Running)

BOOST_AUTO_TEST_CASE(a_status_replaces_the_processing) {
  simulator.add_fault(
      R"({"fault":{"status":429,"headers":{"Retry-After":"2"},"body":"slow","contentType":"text/plain"}})");
  const Response response = exchange(create_message(good_form));
  BOOST_TEST(response.result_int() == 429);
  BOOST_TEST(response["Retry-After"] == "2");
  BOOST_TEST(response["Content-Type"] == "text/plain");
  BOOST_TEST(response.body() == "slow");
  BOOST_TEST(simulator.messages().empty());
}

BOOST_AUTO_TEST_CASE(the_query_can_ask_for_a_fault) {
  const std::string fault = percent_encode(R"({"html":502})");
  const Response response = exchange({http::verb::post, "/webhook?fault=" + fault});
  BOOST_TEST(response.result_int() == 502);
  BOOST_TEST(response["Content-Type"] == "text/html");
  BOOST_TEST(response.body().starts_with("<html>"));
}

BOOST_AUTO_TEST_CASE(delay_and_drip_take_their_time_and_process) {
  const auto start = std::chrono::steady_clock::now();
  simulator.add_fault(R"({"fault":{"delayMs":50,"drip":{"intervalMs":1,"bytes":20}}})");
  BOOST_TEST(exchange(create_message(good_form)).result_int() == 201);
  BOOST_TEST((std::chrono::steady_clock::now() - start >= std::chrono::milliseconds{80}));
  BOOST_TEST(simulator.messages().size() == 1U);
}

BOOST_AUTO_TEST_CASE(silence_lasts_until_the_simulator_stops) {
  TestClient client{simulator};
  client.send(webhook(R"({"silence":true})"));
  while (simulator.requests().empty()) std::this_thread::sleep_for(std::chrono::milliseconds{5});
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  BOOST_TEST(client.socket().available() == 0U);
  simulator.stop();
  BOOST_TEST(client.receive_error().failed());
}

BOOST_AUTO_TEST_CASE(a_reset_before_the_body_leaves_no_message) {
  simulator.add_fault(R"({"fault":{"reset":"before"}})");
  BOOST_TEST(failure(create_message(good_form)) == connection_reset);
  BOOST_TEST(simulator.messages().empty());
  BOOST_TEST(simulator.requests().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_reset_after_the_request_leaves_the_message) {
  simulator.add_fault(R"({"fault":{"reset":"after"}})");
  BOOST_TEST(failure(create_message(good_form)) == connection_reset);
  BOOST_TEST(simulator.messages().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_close_after_the_request_leaves_the_message) {
  simulator.add_fault(R"({"fault":{"close":"after"}})");
  BOOST_TEST(failure(create_message(good_form)) == http::make_error_code(http::error::end_of_stream));
  BOOST_TEST(simulator.messages().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_truncated_answer_ends_early) {
  TestClient client{simulator};
  Call call = create_message(good_form);
  call.headers.emplace_back("X-Simulator-Fault", R"({"truncate":7})");
  client.send(call);
  const std::string bytes = client.receive_bytes();
  BOOST_TEST(bytes.find("Content-Length: ") != std::string::npos);
  BOOST_TEST(bytes.size() - bytes.find("\r\n\r\n") - 4 == 7U);
  BOOST_TEST(simulator.messages().size() == 1U);
}

BOOST_AUTO_TEST_CASE(garbage_is_not_http) {
  TestClient client{simulator};
  client.send(webhook(R"({"garbage":true})"));
  const std::string bytes = client.receive_bytes();
  BOOST_TEST(!bytes.empty());
  BOOST_TEST(!bytes.starts_with("HTTP/"));
}

BOOST_AUTO_TEST_CASE(connections_are_reset_on_accept_by_rule_only) {
  BOOST_TEST(exchange(webhook(R"({"reset":"accept"})")).result_int() == 400);
  BOOST_CHECK_THROW(simulator.add_fault(R"({"fault":{"reset":"accept"},"times":0})"), std::invalid_argument);
  simulator.add_fault(R"({"fault":{"reset":"accept"},"times":2})");
  for (int i = 0; i < 2; ++i) BOOST_CHECK_THROW(exchange(plain_webhook), boost::system::system_error);
  BOOST_TEST(exchange(plain_webhook).result_int() == 200);
  BOOST_TEST(simulator.requests().size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(connections, Running)

BOOST_AUTO_TEST_CASE(a_broken_client_hurts_nobody) {
  TestClient malformed{simulator};
  malformed.send_bytes("no HTTP at all\r\n\r\n");
  BOOST_TEST(malformed.receive().result_int() == 400);
  TestClient{simulator}.send_bytes("POST /webhook HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc");
  const std::string half(40'000, 'x');
  BOOST_TEST(exchange({http::verb::get, "/", {}, {{"A", half}, {"B", half}}}).result_int() == 431);
  BOOST_TEST(exchange({http::verb::post, "/webhook", std::string(1'100'000, 'x')}).result_int() == 413);
  BOOST_TEST(exchange(plain_webhook).result_int() == 200);
}

BOOST_AUTO_TEST_CASE(a_client_may_ask_whether_to_go_on) {
  TestClient client{simulator};
  client.send_bytes("POST /webhook HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  BOOST_TEST(client.receive().result_int() == 100);
  client.send_bytes("{}");
  BOOST_TEST(client.receive().result_int() == 200);
}

BOOST_AUTO_TEST_CASE(it_can_start_again) {
  simulator.stop();
  simulator.start();
  BOOST_TEST(exchange(plain_webhook).result_int() == 200);
}

BOOST_AUTO_TEST_CASE(only_loopback_and_whole_options_are_accepted) {
  Options options;
  for (const char* listen : {"0.0.0.0:0", "192.0.2.1:80", "[::]:0", "localhost:0", "127.0.0.1", "127.0.0.1:x"}) {
    options.listen = listen;
    BOOST_CHECK_THROW(Simulator{options}, std::invalid_argument);
  }
  Options half;
  half.key_file = "key.pem";
  BOOST_CHECK_THROW(Simulator{half}, std::invalid_argument);
  Options stray;
  stray.api_keys = {{api_key, "secret", account}};
  BOOST_CHECK_THROW(Simulator{stray}, std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(it_speaks_tls_with_a_certificate) {
  const messenger::test::TemporaryDirectory directory;
  const messenger::test::Certificate certificate(directory, "simulator", "IP:127.0.0.1");
  Options options;
  options.certificate_file = certificate.certificate_file;
  options.key_file = certificate.key_file;
  Running secure{options};
  BOOST_TEST(secure.simulator.url().starts_with("https://127.0.0.1:"));
  asio::io_context context;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  TlsStream stream{context, tls};
  const asio::ip::tcp::endpoint endpoint{asio::ip::address_v4::loopback(), secure.simulator.port()};
  beast::get_lowest_layer(stream).connect(endpoint);
  stream.handshake(asio::ssl::stream_base::client);
  http::write(stream, to_request(plain_webhook));
  beast::flat_buffer buffer;
  Response response;
  http::read(stream, buffer, response);
  BOOST_TEST(response.result_int() == 200);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(segments_are_counted_as_twilio_does) {
  const auto count = [](const std::string& text) { return twilio::count_segments(decode_utf8(text)); };
  BOOST_TEST(count("") == 1U);
  BOOST_TEST(count(std::string(160, 'x')) == 1U);
  BOOST_TEST(count(std::string(161, 'x')) == 2U);
  BOOST_TEST(count(std::string(152, 'x') + "€" + std::string(152, 'x')) == 3U);
  BOOST_TEST(count("`" + std::string(69, 'x')) == 1U);
  BOOST_TEST(count("ç" + std::string(70, 'x')) == 2U);
  BOOST_TEST(count("Ç" + std::string(159, 'x')) == 1U);
}
