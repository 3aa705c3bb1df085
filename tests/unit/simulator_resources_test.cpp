// SPDX-License-Identifier: Apache-2.0
// What is beside a message's creation on api.twilio.com: update, delete, media, feedback, short codes, accounts, pages.
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

#include "simulator_support.hpp"

using namespace simulator_test;

namespace {

const std::string account_path = "/2010-04-01/Accounts/" + account;

struct Resources : Running {
  /// The path of a new message, without .json.
  std::string create(const std::string& form = good_form) {
    return account_path + "/Messages/" + text_of(body_of(exchange(create_message(form))), "sid");
  }

  json::object get(const std::string& target) { return body_of(exchange(get_messages(target))); }

  /// Sets a status by hand.
  Response set_status(const std::string& path, const std::string& body) {
    const std::string sid = path.substr(path.rfind('/') + 1);
    return exchange({http::verb::post, "/simulator/messages/" + sid, body});
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(resources, Resources)

BOOST_AUTO_TEST_CASE(an_update_redacts_or_cancels_and_nothing_else) {
  const std::string message = create();
  for (const char* form : {"", "Body=&Status=canceled", "Body=new", "Status=sent", "To=%2B15551230001"}) {
    BOOST_TEST(code_of(exchange(post(message + ".json", form))) == 30400, form);
  }
  const Response redacted = exchange(post(message + ".json", "Body="));
  BOOST_TEST(redacted.result_int() == 200U);
  BOOST_TEST(text_of(body_of(redacted), "body").empty());
  BOOST_TEST(text_of(body_of(redacted), "num_segments") == "1");
  BOOST_TEST(text_of(get(message + ".json"), "body").empty());
  BOOST_TEST(text_of(body_of(exchange(post(message + ".json", "Status=canceled"))), "status") == "canceled");
  const Response again = exchange(post(message + ".json", "Status=canceled"));
  BOOST_TEST(again.result_int() == 409U);
  BOOST_TEST(code_of(again) == 30409);
}

BOOST_AUTO_TEST_CASE(an_unfinished_message_cannot_be_deleted) {
  const std::string message = create();
  const Response early = exchange(remove(message + ".json"));
  BOOST_TEST(early.result_int() == 409U);
  BOOST_TEST(code_of(early) == 20009);
  set_status(message, R"({"status":"delivered"})");
  const Response deleted = exchange(remove(message + ".json"));
  BOOST_TEST(deleted.result_int() == 204U);
  BOOST_TEST(deleted.body().empty());
  BOOST_TEST(code_of(exchange(get_messages(message + ".json"))) == 20404);
  BOOST_TEST(code_of(exchange(remove(message + ".json"))) == 20404);
}

BOOST_AUTO_TEST_CASE(a_status_is_set_by_hand) {
  const std::string message = create();
  const json::object set = body_of(set_status(message, R"({"status":"undelivered","errorCode":30003})"));
  BOOST_TEST(set.at("error_code").to_number<int>() == 30003);
  BOOST_TEST(text_of(set, "error_message") == "Unreachable destination handset");
  BOOST_TEST(set == get(message + ".json"));
  for (const char* body : {"", "{}", R"({"status":"lost"})", R"({"status":"sent","error":1})"}) {
    BOOST_TEST(set_status(message, body).result_int() == 400U, body);
  }
  BOOST_TEST(set_status("/SM1", R"({"status":"sent"})").result_int() == 404U);
}

BOOST_AUTO_TEST_CASE(each_media_url_becomes_a_media_resource) {
  const std::string message = create(good_form + "&MediaUrl=http://a/b.png&MediaUrl=http://a/c.jpg");
  const json::object list = get(message + "/Media.json?DateCreated%3E=2001-01-01&PageSize=1");
  const json::object medium = list.at("media_list").as_array().at(0).as_object();
  BOOST_TEST(text_of(list, "uri") == message.substr(0) + "/Media.json?DateCreated%3E=2001-01-01&PageSize=1&Page=0");
  BOOST_TEST(text_of(list, "next_page_uri").find("&Page=1&PageToken=P") != std::string::npos);
  BOOST_TEST(text_of(medium, "content_type") == "image/jpeg");
  BOOST_TEST(message.ends_with(text_of(medium, "parent_sid")));
  BOOST_TEST(get(text_of(medium, "uri")) == medium);
  BOOST_TEST(get(message + "/Media.json?DateCreated%3C=2001-01-01").at("media_list").as_array().empty());
  BOOST_TEST(exchange(remove(text_of(medium, "uri"))).result_int() == 204U);
  BOOST_TEST(get(message + "/Media.json").at("media_list").as_array().size() == 1U);
  BOOST_TEST(code_of(exchange(get_messages(account_path + "/Messages/SM" + std::string(32, '0') + "/Media.json"))) ==
             20404);
  set_status(message, R"({"status":"delivered"})");
  exchange(remove(message + ".json"));
  BOOST_TEST(code_of(exchange(get_messages(message + "/Media.json"))) == 20404);
}

BOOST_AUTO_TEST_CASE(feedback_is_confirmed_unless_it_says_otherwise) {
  const std::string message = create();
  const json::object confirmed = body_of(exchange(post(message + "/Feedback.json")));
  BOOST_TEST(text_of(confirmed, "outcome") == "confirmed");
  BOOST_TEST(message.ends_with(text_of(confirmed, "message_sid")));
  const Response changed = exchange(post(message + "/Feedback.json", "Outcome=unconfirmed"));
  BOOST_TEST(changed.result_int() == 200U);
  BOOST_TEST(text_of(body_of(changed), "outcome") == "unconfirmed");
  BOOST_TEST(code_of(exchange(post(message + "/Feedback.json", "Outcome=maybe"))) == 20001);
  BOOST_TEST(code_of(exchange(get_messages(message + "/Feedback.json"))) == 20004);
  BOOST_TEST(code_of(exchange(post(account_path + "/Messages/SM" + std::string(32, '0') + "/Feedback.json"))) == 20404);
}

BOOST_AUTO_TEST_CASE(short_codes_are_listed_and_updated) {
  const std::string list = account_path + "/SMS/ShortCodes.json";
  BOOST_TEST(get(list).at("short_codes").as_array().size() == 3U);
  const json::object found = get(list + "?ShortCode=12342").at("short_codes").as_array().at(0).as_object();
  const std::string uri = text_of(found, "uri");
  const Response updated = exchange(post(uri, "FriendlyName=Codes&SmsUrl=http://a/b&SmsMethod=GET"));
  BOOST_TEST(updated.result_int() == 200U);
  BOOST_TEST(text_of(get(uri), "sms_url") == "http://a/b");
  BOOST_TEST(text_of(get(uri), "sms_fallback_method") == "POST");
  BOOST_TEST(get(list + "?FriendlyName=Codes").at("short_codes").as_array().size() == 1U);
  exchange(post(uri, "SmsUrl="));
  BOOST_TEST(get(uri).at("sms_url").is_null());
  BOOST_TEST(code_of(exchange(post(uri, "SmsUrl=nowhere"))) == 21502);
  BOOST_TEST(code_of(exchange(post(uri, "SmsMethod=PUT"))) == 20001);
  BOOST_TEST(code_of(exchange(post(list))) == 20004);
}

BOOST_AUTO_TEST_CASE(an_account_sees_itself) {
  const json::object list = get("/2010-04-01/Accounts.json");
  const json::object& self = list.at("accounts").as_array().at(0).as_object();
  BOOST_TEST(text_of(self, "sid") == account);
  BOOST_TEST(text_of(self, "status") == "active");
  BOOST_TEST(text_of(self, "auth_token") == "token");
  BOOST_TEST(get(account_path + ".json") == self);
  BOOST_TEST(get("/2010-04-01/Accounts?Status=closed").at("accounts").as_array().empty());
  BOOST_TEST(code_of(exchange(get_messages("/2010-04-01/Accounts/AC" + std::string(32, 'f') + ".json"))) == 20404);
  BOOST_TEST(code_of(exchange({http::verb::get, "/2010-04-01/Accounts.json"})) == 20003);
}

BOOST_AUTO_TEST_CASE(pages_do_not_skip_while_messages_are_deleted) {
  std::set<std::string> created;
  for (int i = 0; i < 7; ++i) created.insert(create());
  std::set<std::string> seen;
  json::value next = json::value(messages_path + "?PageSize=2");
  while (next.is_string()) {
    const json::object page = get(std::string{next.as_string()});
    for (const json::value& message : page.at("messages").as_array()) {
      const std::string uri = text_of(message.as_object(), "uri");
      seen.insert(uri.substr(0, uri.size() - 5));
      set_status(uri.substr(0, uri.size() - 5), R"({"status":"delivered"})");
      BOOST_TEST(exchange(remove(uri)).result_int() == 204U);
    }
    next = page.at("next_page_uri");
  }
  BOOST_TEST(seen == created, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_page_leads_back) {
  for (int i = 0; i < 5; ++i) create();
  const json::object first = get(messages_path + "?PageSize=2");
  const json::object second = get(text_of(first, "next_page_uri"));
  const json::object third = get(text_of(second, "next_page_uri"));
  BOOST_TEST(third.at("messages").as_array().size() == 1U);
  BOOST_TEST(third.at("end").to_number<int>() == 4);
  BOOST_TEST(get(text_of(third, "previous_page_uri")).at("messages") == second.at("messages"));
  const json::object back = get(text_of(second, "previous_page_uri"));
  BOOST_TEST(back.at("messages") == first.at("messages"));
  BOOST_TEST(back.at("previous_page_uri").is_null());
  BOOST_TEST(get(text_of(third, "first_page_uri")).at("messages") == first.at("messages"));
  for (const char* token : {"PX1", "PA", "7"}) {
    BOOST_TEST(code_of(exchange(get_messages(messages_path + "?PageToken=" + token))) == 20001);
  }
}

BOOST_AUTO_TEST_CASE(day_filters_come_in_both_spellings) {
  create();
  const auto count = [&](const std::string& query) {
    return get(messages_path + query).at("messages").as_array().size();
  };
  BOOST_TEST(count("?DateSent>=2001-01-01") == 1U);
  BOOST_TEST(count("?DateSent<=2001-01-01") == 0U);
  BOOST_TEST(count("?DateSent%3E=2001-01-01T00%3A00%3A00Z") == 1U);
  BOOST_TEST(code_of(exchange(get_messages(messages_path + "?DateSent=2023-02-31"))) == 20001);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(too_many_messages_in_a_second_are_refused) {
  Options options;
  options.rate = 2;
  Running limited{options};
  std::size_t refused = 0;
  Response last;
  for (int i = 0; i < 50 && refused == 0; ++i) {
    last = limited.exchange(create_message(good_form));
    refused += last.result_int() == 429U ? 1 : 0;
  }
  BOOST_TEST(code_of(last) == 20429);
  BOOST_TEST(last["Retry-After"] == "1");
}
