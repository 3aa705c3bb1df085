// SPDX-License-Identifier: Apache-2.0
// Which message of Twilio's list is taken for the one whose send ended in doubt.
#include "twilio_operations_support.hpp"

using namespace messenger::test;

namespace {

const std::string sent_body = "Your code is 123456";

struct Listed {
  std::string body = sent_body;
  std::string created = "Thu, 24 Aug 2023 05:01:45 +0000";
  std::string to = "+15005550010";
  std::string from = "+15005550006";
  std::string status = "sent";
  std::string direction = "outbound-api";
  std::string sid = "SM" + hex;
  std::string service{};
};

std::string json(const Listed& one) {
  return R"({"sid":")" + one.sid + R"(","body":")" + one.body + R"(","date_created":")" + one.created + R"(","to":")" +
         one.to + R"(","from":")" + one.from + R"(","status":")" + one.status + R"(","direction":")" + one.direction +
         R"(","date_sent":null,"messaging_service_sid":)" + (one.service.empty() ? "null" : '"' + one.service + '"') +
         "}";
}

std::string list(const std::vector<Listed>& messages, const std::string& next = "null") {
  std::string elements;
  for (const Listed& one : messages) {
    elements += (elements.empty() ? "" : ",") + json(one);
  }
  return R"({"messages":[)" + elements + R"(],"next_page_uri":)" + next + "}";
}

std::string input(const std::string& body = sent_body, const std::string& more = "") {
  return R"({"to":"+15005550010","sentAfter":"2023-08-24T05:01:40Z","sentBefore":"2023-08-24T05:01:50Z")" +
         (body.empty() ? "" : R"(,"body":")" + body + "\"") + more + "}";
}

struct Searched : Calls {
  Searched(const std::string& asked, const std::vector<Listed>& messages) {
    call("reconcile", asked);
    answer(200, list(messages));
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(the_one_message_that_fits_is_found) {
  const Searched search(input(sent_body, R"(,"from":"+15005550006")"), {Listed{}});
  BOOST_TEST(search.completion().outcome == MSGR_OK);
  BOOST_TEST(search.completion().provider_id == "SM" + hex);
  BOOST_TEST(search.host.outputs ==
             (std::vector<std::string>{
                 filled(R"({"sid":"SM#","status":"sent","dateCreated":"Thu, 24 Aug 2023 05:01:45 +0000",)"
                        R"("matched":["to","from","date","body"],"bodyCompared":true})")}));
  BOOST_TEST(search.host.sent.at(0).target ==
             account_path + "/Messages.json?To=%2B15005550010&From=%2B15005550006&PageSize=100");
}

BOOST_AUTO_TEST_CASE(without_a_text_the_one_message_is_told_and_the_doubt_stays) {
  const Searched search(input(""), {Listed{}});
  BOOST_TEST(search.completion().outcome == MSGR_UNKNOWN);
  BOOST_TEST(search.completion().provider_id.empty());
  BOOST_TEST(search.host.outputs.at(0).ends_with(R"("matched":["to","date"],"bodyCompared":false})"));
}

BOOST_AUTO_TEST_CASE(none_that_fits_leaves_the_doubt) {
  const std::vector<Listed> others[] = {{},
                                        {{.body = "Your code is 123457"}},
                                        {{.body = sent_body + " "}},
                                        {{.created = "Thu, 24 Aug 2023 05:01:24 +0000"}},
                                        {{.created = "Thu, 24 Aug 2023 05:02:06 +0000"}},
                                        {{.created = "yesterday"}},
                                        {{.to = "+15005550011"}},
                                        {{.direction = "inbound"}},
                                        {{.sid = "none"}},
                                        {{.sid = ""}}};
  for (const auto& messages : others) {
    const Searched search(input(), messages);
    BOOST_TEST_CONTEXT(list(messages)) {
      BOOST_TEST(search.completion().outcome == MSGR_UNKNOWN);
      BOOST_TEST(search.completion().detail == "No message at Twilio fits; its lists may lag behind.");
      BOOST_TEST(search.completion().provider_id.empty());
      BOOST_TEST(search.host.outputs.empty());
    }
  }
  const Searched other_sender(input(sent_body, R"(,"from":"ACME")"), {Listed{}});
  BOOST_TEST(other_sender.completion().outcome == MSGR_UNKNOWN);
}

BOOST_AUTO_TEST_CASE(two_that_fit_leave_the_doubt) {
  const Searched search(input(), {Listed{}, Listed{}});
  BOOST_TEST(search.completion().outcome == MSGR_UNKNOWN);
  BOOST_TEST(search.completion().detail == "More than one message at Twilio fits.");
  const Searched unclear(input(), {Listed{.body = ""}, Listed{.body = ""}});
  BOOST_TEST(unclear.completion().outcome == MSGR_UNKNOWN);
  BOOST_TEST(unclear.host.outputs.empty());
}

BOOST_AUTO_TEST_CASE(a_text_that_twilio_encoded_smartly_is_still_the_same) {
  const std::pair<std::string, std::string> texts[] = {
      {"“Code” 123456 – 你好\\t½", "\\\"Code\\\" 123456 - 你好       1/2"},
  };
  for (const auto& [sent, stored] : texts) {
    const Searched search(input(sent),
                          {Listed{.body = stored, .service = "MG" + hex}, Listed{.body = "Another message"}});
    BOOST_TEST_CONTEXT(sent) {
      BOOST_TEST(search.completion().outcome == MSGR_OK);
      BOOST_TEST(search.host.outputs.at(0).ends_with(R"("matched":["to","date","body"],"bodyCompared":true})"));
    }
  }
}

BOOST_AUTO_TEST_CASE(another_text_is_never_taken_for_one_that_twilio_changed) {
  const std::pair<std::string, std::string> texts[] = {
      {"“Code” 123456", "Code 123457"},
      {"你好", "再见"},
      {"Код 77", "Счёт 77 закрыт"},
      {"https://b.example/1", "anything else entirely"},
      {"https://b.example/1", "https://b.example/2"},
      {"https://b.example/1", "https://twil.io/abcde12345 now"},
      {"Your address: https://b.example/1", "Your address: https://a.example/2"},
      {"Log in: https://example.com/abcde12345", "Log in: https://example.com/abcde12346"},
      {"Log in: https://example.com/1", "Log in: https://Example.com/abcde12346"},
      {"Log in: https://example.com/1", "Log in: https://twil.io/abcde1234"},
      {"Log in: https://example.com/1", "Log in: https://twil.io/abcde1234/"},
      {"Log in: https://example.com/1", "Log in: https:///abcde12345"},
      {"Log in: https://example.com/1", "Log in: "},
      {"Log in: ", "Log in: https://twil.io/abcde12345"},
      {"Log in: https://example.com/1", "Log in: https://twil.io/abcde12345 and more"},
      {"Log in: https://example.com/1 with 77", "Log in: https://twil.io/abcde12345 with 78"},
      {"Log in: https://example.com/1", "Another: https://twil.io/abcde12345"},
      {"A https://a.example/1 B https://b.example/2", "A https://twil.io/abcde12345 B"},
      {"A https://a.example/1 B https://b.example/2", "A https://twil.io/abcde12345 C https://b.example/2"},
  };
  for (const auto& [sent, stored] : texts) {
    const Searched search(input(sent), {Listed{.body = stored, .service = "MG" + hex}});
    BOOST_TEST_CONTEXT(sent << " -> " << stored) {
      BOOST_TEST(search.completion().outcome == MSGR_UNKNOWN);
      BOOST_TEST(search.completion().detail == "No message at Twilio fits; its lists may lag behind.");
      BOOST_TEST(search.host.outputs.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(links_are_shortened_by_a_messaging_service_only) {
  const Searched search(input("Log in: https://example.com/1"), {Listed{.body = "Log in: https://twil.io/abcde12345"}});
  BOOST_TEST(search.completion().outcome == MSGR_UNKNOWN);
  BOOST_TEST(search.host.outputs.empty());
}

BOOST_AUTO_TEST_CASE(one_message_whose_text_tells_nothing_is_told_and_the_doubt_stays) {
  const std::pair<std::string, std::string> texts[] = {
      {sent_body, ""},  // redacted
      {"\\u200b", ""},  // what smart encoding leaves of it
      {"Open https://example.com/very/long?x=1 now", "Open https://twil.io/abcde12345 now"},
      {"Öffnen: https://example.com/x.", "Öffnen: http://twil.io/abcde12345."},
      {"打开https://example.com/x。谢谢", "打开https://twil.io/abcde12345。谢谢"},
      {"A https://a.example/1 B https://b.example/2", "A https://twil.io/abcde12345 B https://twil.io/abcde12346"},
      {"A https://a.example/1 B https://b.example/2", "A https://a.example/1 B https://twil.io/abcde12346"},
      {"Here’s https://example.com/x", "Here's https://twil.io/abcde12345"},
      {"Open https://example.com/x", "Sent from your Twilio trial account - Open https://twil.io/abcde12345"},
      {"https://b.example/1", "https://twil.io/abcde12345"},
      {"https://b.example/1 - https://b.example/2", "https://twil.io/abcde12345 - https://twil.io/abcde12346"},
  };
  for (const auto& [sent, stored] : texts) {
    const Searched search(input(sent), {Listed{.body = stored, .service = "MG" + hex}});
    BOOST_TEST_CONTEXT(sent) {
      BOOST_TEST(search.completion().outcome == MSGR_UNKNOWN);
      BOOST_TEST(search.completion().detail == "One message at Twilio may be it; its text could not be compared.");
      BOOST_TEST(search.completion().provider_id.empty());
      BOOST_TEST(search.host.outputs.at(0).ends_with(R"("matched":["to","date"],"bodyCompared":false})"));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_same_text_wins_over_one_that_cannot_be_compared) {
  const Searched search(input(), {Listed{.body = "", .sid = "SM" + std::string(32, '0')}, Listed{}});
  BOOST_TEST(search.completion().outcome == MSGR_OK);
  BOOST_TEST(search.completion().provider_id == "SM" + hex);
}

BOOST_AUTO_TEST_CASE(a_trial_accounts_prefix_is_no_other_text) {
  const Searched search(input(), {Listed{.body = "Sent from your Twilio trial account - " + sent_body}});
  BOOST_TEST(search.completion().outcome == MSGR_OK);
  BOOST_TEST(search.host.outputs.at(0).ends_with(R"("bodyCompared":true})"));
}

BOOST_AUTO_TEST_CASE(the_search_goes_over_pages_until_the_messages_are_too_old) {
  Calls calls;
  calls.call("reconcile", input());
  const std::string next = "\"" + account_path + "/Messages.json?Page=";
  calls.answer(200, list({Listed{.created = "Fri, 25 Aug 2023 00:00:00 +0000"}}, next + "1\""));
  calls.answer(200, list({Listed{}, Listed{.created = "Wed, 23 Aug 2023 12:00:00 +0000"}}, next + "2\""));
  BOOST_TEST(calls.host.completions.empty());
  calls.answer(200, list({Listed{.created = "Wed, 23 Aug 2023 05:00:00 +0000"}}, next + "3\""));
  BOOST_TEST(calls.host.sent.size() == 3U);
  BOOST_TEST(calls.completion().outcome == MSGR_OK);
}

BOOST_AUTO_TEST_CASE(who_cannot_look_looks_again) {
  Calls calls;
  calls.call("reconcile", input());
  calls.host.answer({.failure = MSGR_HTTP_RESET});
  BOOST_TEST(calls.completion().outcome == MSGR_RETRY);
  Calls second;
  second.call("reconcile", input());
  second.answer(200, list({Listed{}}, "\"" + account_path + "/Messages.json?Page=1\""));
  second.answer(503);
  BOOST_TEST(second.completion().outcome == MSGR_RETRY);  // one more may follow
  BOOST_TEST(second.host.outputs.empty());
}

BOOST_AUTO_TEST_CASE(no_text_of_a_message_is_told) {
  Calls calls;
  calls.call("reconcile", input("CANARY"));
  calls.answer(200, list({Listed{.body = "CANARY"}, Listed{.body = "CANARY-2"}}));
  BOOST_TEST(calls.host.said().find("CANARY") == std::string::npos);
  BOOST_TEST(calls.host.outputs.at(0).find("CANARY") == std::string::npos);
}
