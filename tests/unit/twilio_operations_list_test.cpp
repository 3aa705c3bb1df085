// SPDX-License-Identifier: Apache-2.0
// Lists of messenger_twilio.so, page by page.
#include <algorithm>
#include <deque>
#include <random>

#include "twilio_operations_support.hpp"

using namespace messenger::test;

namespace {

using Strings = std::vector<std::string>;

std::string v2010(const std::string& elements, const std::string& next) {
  return R"({"messages":[)" + elements + R"(],"page":0,"next_page_uri":)" +
         (next.empty() ? "null" : "\"" + next + "\"") + "}";
}

std::string v1(const std::string& elements, const std::string& next, const std::string& key = "services") {
  return "{\"" + key + "\":[" + elements + R"(],"meta":{"key":")" + key + R"(","next_page_url":)" +
         (next.empty() ? "null" : "\"" + next + "\"") + "}}";
}

const std::string messages = account_path + "/Messages.json";

/// Answers lists as Twilio does: the page behind a token is what follows an element, computed when it is asked for.
struct Account {
  std::deque<int> messages{};
  std::size_t page_size = 2;

  [[nodiscard]] std::string page(const std::string& target) const {
    const std::size_t token = target.find("PageToken=PA");
    const int before = token == std::string::npos ? 1'000'000 : std::stoi(target.substr(token + 12));
    std::string elements;
    std::size_t count = 0;
    int last = 0;
    bool more = false;
    for (const int one : messages) {
      if (one >= before) {
        continue;
      }
      if (count == page_size) {
        more = true;
        break;
      }
      elements += (count++ == 0 ? "" : ",") + std::to_string(one);
      last = one;
    }
    return v2010(elements, more ? ::messages + "?Page=1&PageToken=PA" + std::to_string(last) : "");
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(pages_of_v2010_are_followed_by_relative_addresses) {
  Calls calls;
  calls.call("messages.list", R"({"To":"+15005550010"})", 5);
  calls.answer(200, v2010(R"({"sid":1.50, "a":[1,{"b":"]}"}]} , {"sid":"two\"]"})",
                          R"(\/2010-04-01\/Accounts\/AC#\/Messages.json?Page=1&PageToken=PA\u0041)"));
  BOOST_TEST(calls.host.sent.size() == 2U);
  BOOST_TEST(calls.host.sent.at(1).target == messages + "?Page=1&PageToken=PAA");
  BOOST_TEST(calls.host.sent.at(1).ticket == 5U);
  BOOST_TEST(calls.host.sent.at(1).method == "GET");
  BOOST_TEST(calls.host.completions.empty());
  calls.answer(200, v2010("", ""));
  BOOST_TEST(calls.completion().outcome == MSGR_OK);
  BOOST_TEST(calls.completion().ticket == 5U);
  BOOST_TEST(calls.host.outputs == (Strings{R"({"sid":1.50,"a":[1,{"b":"]}"}]})", R"({"sid":"two\"]"})"}));
}

BOOST_AUTO_TEST_CASE(pages_of_v1_are_followed_by_absolute_addresses) {
  Calls calls;
  calls.call("services.list", R"({"PageSize":2})");
  calls.answer(200, v1("1,2", "https://messaging.twilio.com/v1/Services?PageSize=2&Page=1&PageToken=x"));
  BOOST_TEST(calls.host.sent.at(1).target == "/v1/Services?PageSize=2&Page=1&PageToken=x");
  BOOST_TEST(calls.host.sent.at(1).url == "https://messaging.twilio.com");
  calls.answer(200, v1("3", ""));
  BOOST_TEST(calls.host.outputs == (Strings{"1", "2", "3"}));
  BOOST_TEST(calls.completion().outcome == MSGR_OK);
}

BOOST_AUTO_TEST_CASE(a_list_under_the_key_that_meta_names_is_found) {
  Calls calls;
  calls.call("services.channelSenders.list", R"({"ServiceSid":"MG#"})");
  calls.answer(200, v1("1", "", "channel_senders"));
  BOOST_TEST(calls.host.outputs == Strings{"1"});
}

BOOST_AUTO_TEST_CASE(the_next_page_may_lie_behind_the_endpoints_own_path) {
  for (const char* next : {"https://h:8443/twilio/v1/Services?Page=1", "HTTPS://H:8443/twilio/v1/Services?Page=1",
                           "/v1/Services?Page=1", "/twilio/v1/Services?Page=1"}) {
    Calls calls(twilio_config("", "https://h:8443/twilio/"));
    calls.call("services.list");
    calls.answer(200, v1("1", next));
    BOOST_TEST_CONTEXT(next) {
      BOOST_REQUIRE(calls.host.sent.size() == 2U);
      BOOST_TEST(calls.host.sent.at(1).url == "https://h:8443/twilio");
      BOOST_TEST(calls.host.sent.at(1).target == "/v1/Services?Page=1");
    }
  }
}

BOOST_AUTO_TEST_CASE(in_an_edge_twilio_may_name_its_plain_host) {
  Calls calls(twilio_config(R"("edge":"dublin","region":"ie1")"));
  calls.call("services.list");
  BOOST_TEST(calls.host.sent.at(0).url == "https://messaging.dublin.ie1.twilio.com");
  calls.answer(200, v1("1", "https://messaging.twilio.com/v1/Services?Page=1"));
  BOOST_TEST(calls.host.sent.at(1).url == "https://messaging.dublin.ie1.twilio.com");
}

BOOST_AUTO_TEST_CASE(a_next_page_elsewhere_is_not_followed) {
  for (const char* next :
       {"https://evil.example/v1/Services?Page=1", "http://messaging.twilio.com/v1/Services?Page=1",
        "https://messaging.twilio.com:8443/v1/Services?Page=1", "https://pricing.twilio.com/v1/Services?Page=1",
        "https://messaging.twilio.com.evil.example/v1/Services",
        "https://messaging.twilio.com@evil.example/v1/Services", "//evil.example/v1/Services?Page=1",
        "/v2/Services?Page=1", "v1/Services", "x", "https://", "/"}) {
    Calls calls;
    calls.call("services.list");
    calls.answer(200, v1("1", next));
    BOOST_TEST_CONTEXT(next) {
      BOOST_TEST(calls.host.sent.size() == 1U);
      BOOST_TEST(calls.completion().outcome == MSGR_CONFIG);
      BOOST_TEST(calls.completion().detail.find("server") != std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_list_is_no_end_of_one) {
  for (const char* body :
       {"{}", R"({"messages":{}})", R"({"messages":null})", R"({"messages":"[1]"})", R"({"a":{"messages":[1]}})"}) {
    Calls calls;
    calls.call("messages.list");
    calls.answer(200, body);
    BOOST_TEST_CONTEXT(body) {
      BOOST_TEST(calls.completion().outcome == MSGR_RETRY);
      BOOST_TEST(calls.host.outputs.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(pages_in_a_circle_end) {
  Calls calls;
  calls.call("messages.list");
  calls.answer(200, v2010("1", messages + "?Page=1"));
  calls.answer(200, v2010("2", messages + "?Page=2"));
  calls.answer(200, v2010("3", messages + "?Page=1"));
  BOOST_TEST(calls.completion().outcome == MSGR_RETRY);
  BOOST_TEST(calls.completion().detail.find("circle") != std::string::npos);
  Calls itself;
  itself.call("messages.list");
  itself.answer(200, v2010("1", messages));
  BOOST_TEST(itself.completion().outcome == MSGR_RETRY);
}

BOOST_AUTO_TEST_CASE(a_limit_ends_the_list_and_bounds_its_pages) {
  Calls calls;
  calls.call("messages.list", R"({"Limit":3})");
  BOOST_TEST(calls.host.sent.at(0).target == messages + "?PageSize=3");
  calls.answer(200, v2010("1,2", messages + "?Page=1"));
  calls.answer(200, v2010("3,4", messages + "?Page=2"));
  BOOST_TEST(calls.host.outputs == (Strings{"1", "2", "3"}));
  BOOST_TEST(calls.completion().outcome == MSGR_OK);
  BOOST_TEST(calls.host.sent.size() == 2U);
  Calls many;
  many.call("messages.list", R"({"Limit":5000})");
  BOOST_TEST(many.host.sent.at(0).target == messages + "?PageSize=400");
  Calls own;
  own.call("messages.list", R"({"Limit":5000,"PageSize":1000})");
  BOOST_TEST(own.host.sent.at(0).target == messages + "?PageSize=1000");
}

BOOST_AUTO_TEST_CASE(who_wants_no_more_gets_no_more) {
  Calls calls;
  calls.host.wants_more = [](const std::string& json) { return json != "2"; };
  calls.call("messages.list");
  calls.answer(200, v2010("1,2,3", messages + "?Page=1"));
  BOOST_TEST(calls.host.outputs == (Strings{"1", "2"}));
  BOOST_TEST(calls.completion().outcome == MSGR_OK);
  BOOST_TEST(calls.host.sent.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_list_can_be_cancelled_while_it_is_given_out) {
  Calls calls;
  calls.host.wants_more = [&](const std::string&) {
    calls.instance.cancel(9);
    return true;
  };
  calls.call("messages.list", "{}", 9);
  calls.answer(200, v2010("1,2", messages + "?Page=1"));
  BOOST_TEST(calls.host.sent.size() == 1U);
  BOOST_TEST(calls.completion().outcome == MSGR_CANCELLED);
  calls.instance.cancel(9);  // is over, and harmless
}

BOOST_AUTO_TEST_CASE(no_page_is_asked_for_after_the_deadline) {
  Calls calls;
  calls.call("messages.list");
  calls.host.now_ns = 9'000'000'000'000;
  calls.answer(200, v2010("1", messages + "?Page=1"));
  BOOST_TEST(calls.host.sent.size() == 1U);
  BOOST_TEST(calls.completion().outcome == MSGR_DEADLINE);
}

BOOST_AUTO_TEST_CASE(a_page_that_fails_ends_the_list) {
  Calls calls;
  calls.call("messages.list");
  calls.answer(200, v2010("1", messages + "?Page=1"));
  calls.answer(503);
  BOOST_TEST(calls.host.outputs == Strings{"1"});
  BOOST_TEST(calls.completion().outcome == MSGR_RETRY);
  BOOST_TEST(calls.completion().http_status == 503U);
  Calls untaken;
  untaken.call("messages.list");
  untaken.host.request_answer = MSGR_HTTP_INVALID;
  untaken.answer(200, v2010("1", messages + "?Page=1"));
  BOOST_TEST(untaken.completion().outcome == MSGR_REJECTED);
}

BOOST_AUTO_TEST_CASE(whoever_deletes_what_was_given_neither_skips_nor_repeats) {
  Account account{.messages = {9, 8, 7, 6, 5, 4, 3, 2, 1}};
  Calls calls;
  calls.host.wants_more = [&](const std::string& json) {
    std::erase(account.messages, std::stoi(json));
    if (json == "8") {
      account.messages.push_front(10);  // a new message, which moves every offset
    }
    return true;
  };
  calls.call("messages.list");
  while (calls.host.completions.empty()) {
    calls.answer(200, account.page(calls.host.sent.back().target));
  }
  BOOST_TEST(calls.host.outputs == (Strings{"9", "8", "7", "6", "5", "4", "3", "2", "1"}));
  BOOST_TEST(account.messages == std::deque<int>{10});
  BOOST_TEST(calls.completion().outcome == MSGR_OK);
}

BOOST_AUTO_TEST_CASE(a_list_of_many_pages_needs_no_deeper_stack) {
  Calls calls;
  calls.call("messages.list");
  for (int page = 1; page != 20'000; ++page) {
    calls.answer(200, v2010("1", messages + "?Page=" + std::to_string(page)));
  }
  calls.answer(200, v2010("", ""));
  BOOST_TEST(calls.host.outputs.size() == 19'999U);
  BOOST_TEST(calls.completion().outcome == MSGR_OK);
}

BOOST_AUTO_TEST_CASE(no_damaged_page_crashes_or_leads_elsewhere) {
  const std::string good[] = {v2010(R"({"sid":"a\"]","x":[1.50,{"y":null}]},{"sid":"b"})", messages + "?Page=1"),
                              v1(R"({"sid":"a","x":{"meta":[]}})", "https://messaging.twilio.com/v1/Services?Page=1")};
  constexpr std::string_view marks = "\"\\{}[],:/0e-. a";
  std::minstd_rand random(1);
  Calls calls;
  for (int round = 0; round != 20'000; ++round) {
    const bool of_v1 = round % 2 != 0;
    std::string body = good[of_v1 ? 1 : 0];
    for (auto changes = random() % 3 + 1; changes != 0; --changes) {
      body[random() % body.size()] = marks[random() % marks.size()];
    }
    if (random() % 4 == 0) {
      body.resize(random() % body.size());
    }
    calls.host.completions.clear();
    calls.host.sent.clear();
    calls.call(of_v1 ? "services.list" : "messages.list");
    calls.answer(200, body);
    if (calls.host.completions.empty()) {
      BOOST_TEST_REQUIRE(calls.host.sent.size() == 2U);
      BOOST_TEST_REQUIRE(calls.host.sent[1].target.starts_with(of_v1 ? "/v1/" : "/2010-04-01/"));
      calls.answer(200, of_v1 ? v1("", "") : v2010("", ""));
    }
    BOOST_TEST_REQUIRE(calls.host.completions.size() == 1U);
    BOOST_TEST_REQUIRE(calls.completion().outcome != MSGR_UNKNOWN);
  }
}
