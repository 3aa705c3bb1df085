// SPDX-License-Identifier: Apache-2.0
// Messages are created, fetched, listed and refused as Twilio does.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ctime>
#include <ostream>
#include <string>
#include <vector>

#include "simulator/text.hpp"
#include "simulator/twilio/segments.hpp"
#include "simulator_support.hpp"

using namespace simulator_test;
namespace data = boost::unit_test::data;

namespace {

const std::string other_account = "AC" + std::string(32, 'b');
const std::string service = "MG" + std::string(32, 'd');

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
  BOOST_TEST(code(get_messages("/2010-04-01/Calls.json")) == 20404);
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
