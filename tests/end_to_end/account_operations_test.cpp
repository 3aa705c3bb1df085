// SPDX-License-Identifier: Apache-2.0
// The operations of api.twilio.com through the plugin, the loader, the HTTP service and a socket.
#include <chrono>
#include <ctime>
#include <set>
#include <thread>

#include "operations.hpp"

using namespace messenger::test;
using messenger::loader::Outcome;
namespace json = boost::json;

namespace {

const std::string media_url = "https://media.example/cat.png";

json::object message(const std::string& body = "canary-text") {
  return {{"To", "+15551230001"}, {"From", "+15005550006"}, {"Body", body}};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(account_operations, Provider)

BOOST_AUTO_TEST_CASE(a_check_accepts_the_account) {
  const Done done = call("check");
  BOOST_TEST(done.result.outcome == Outcome::ok, done.result.detail);
  BOOST_TEST(done.outputs.empty());
}

BOOST_AUTO_TEST_CASE(accounts_are_listed_and_fetched_without_their_token) {
  const Done listed = call("accounts.list");
  BOOST_TEST(listed.result.outcome == Outcome::ok);
  BOOST_TEST(texts(listed, "sid") == std::vector<std::string>{account});
  const Done fetched = call("accounts.fetch", {{"Sid", account}});
  BOOST_TEST(fetched.text("status") == "active");
  BOOST_TEST(fetched.outputs[0].find("canary") == std::string::npos);
  BOOST_TEST(call("accounts.fetch", {{"Sid", "AC" + std::string(32, '0')}}).result.outcome == Outcome::rejected);
}

BOOST_AUTO_TEST_CASE(a_message_lives_from_its_creation_to_its_deletion) {
  const Done created = call("messages.create", message());
  BOOST_TEST(created.result.outcome == Outcome::ok, created.result.detail);
  BOOST_TEST(created.result.http_status == 201U);
  const std::string sid = created.text("sid");
  BOOST_TEST(created.result.provider_id == sid);
  BOOST_TEST(call("messages.fetch", {{"MessageSid", sid}}).text("body") == "canary-text");
  const Done redacted = call("messages.update", {{"MessageSid", sid}, {"Body", ""}});
  BOOST_TEST(redacted.result.outcome == Outcome::ok, redacted.result.detail);
  BOOST_TEST(redacted.text("body").empty());
  BOOST_TEST(texts(call("messages.list", {{"To", "+15551230001"}}), "sid") == std::vector<std::string>{sid});
  BOOST_TEST(call("messages.list", {{"To", "+15551230002"}}).outputs.empty());
  const Done feedback = call("feedback.create", {{"MessageSid", sid}, {"Outcome", "confirmed"}});
  BOOST_TEST(feedback.result.outcome == Outcome::ok, feedback.result.detail);
  BOOST_TEST(feedback.text("outcome") == "confirmed");
}

BOOST_AUTO_TEST_CASE(what_twilio_refuses_is_rejected_with_its_code) {
  json::object barred = message();
  barred["To"] = "+15005550004";
  const Done refused = call("messages.create", barred);
  BOOST_TEST(refused.result.outcome == Outcome::rejected);
  BOOST_TEST(refused.result.provider_code == "21610");
  const Done unknown = call("messages.fetch", {{"MessageSid", "SM" + std::string(32, '0')}});
  BOOST_TEST(unknown.result.outcome == Outcome::rejected);
  BOOST_TEST(unknown.result.provider_code == "20404");
  BOOST_TEST(unknown.result.http_status == 404U);
}

BOOST_AUTO_TEST_CASE(a_scheduled_message_is_canceled_once) {
  const std::string in_an_hour = [] {
    const std::time_t when = std::time(nullptr) + 3'600;
    std::tm parts{};
    gmtime_r(&when, &parts);
    char text[32];
    return std::string(text, std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts));
  }();
  json::object scheduled{{"To", "+15551230001"},
                         {"MessagingServiceSid", "MG" + std::string(32, 'd')},
                         {"Body", "canary-text"},
                         {"SendAt", in_an_hour},
                         {"ScheduleType", "fixed"}};
  const Done created = call("messages.create", scheduled);
  BOOST_TEST(created.result.outcome == Outcome::ok, created.result.detail);
  const std::string sid = created.text("sid");
  BOOST_TEST(call("messages.update", {{"MessageSid", sid}, {"Status", "canceled"}}).text("status") == "canceled");
  const Done again = call("messages.update", {{"MessageSid", sid}, {"Status", "canceled"}});
  BOOST_TEST(again.result.outcome == Outcome::rejected);
  BOOST_TEST(again.result.provider_code == "30409");
  BOOST_TEST(call("messages.delete", {{"MessageSid", sid}}).result.outcome == Outcome::ok);
  BOOST_TEST(call("messages.delete", {{"MessageSid", sid}}).result.outcome == Outcome::rejected);
}

BOOST_AUTO_TEST_CASE(media_are_listed_fetched_and_deleted) {
  json::object with_media = message();
  with_media["MediaUrl"] = json::array{json::string(media_url), json::string("https://media.example/dog.gif")};
  const std::string sid = call("messages.create", with_media).text("sid");
  BOOST_TEST(sid.starts_with("MM"));
  const Done listed = call("media.list", {{"MessageSid", sid}, {"DateCreatedAfter", "2020-01-01"}});
  BOOST_TEST_REQUIRE(listed.outputs.size() == 2U, listed.result.detail);
  const std::string medium = texts(listed, "sid")[0];
  const json::object one{{"MessageSid", sid}, {"MediaSid", medium}};
  BOOST_TEST(call("media.fetch", one).text("parent_sid") == sid);
  BOOST_TEST(call("media.delete", one).result.outcome == Outcome::ok);
  BOOST_TEST(call("media.fetch", one).result.outcome == Outcome::rejected);
  BOOST_TEST(call("media.list", {{"MessageSid", sid}}).outputs.size() == 1U);
}

BOOST_AUTO_TEST_CASE(short_codes_are_listed_fetched_and_changed) {
  const Done listed = call("shortCodes.list");
  BOOST_TEST_REQUIRE(!listed.outputs.empty(), listed.result.detail);
  const std::string sid = texts(listed, "sid")[0];
  const Done changed = call("shortCodes.update", {{"Sid", sid}, {"FriendlyName", "codes"}, {"SmsMethod", "GET"}});
  BOOST_TEST(changed.result.outcome == Outcome::ok, changed.result.detail);
  BOOST_TEST(call("shortCodes.fetch", {{"Sid", sid}}).text("friendly_name") == "codes");
  BOOST_TEST(call("shortCodes.list", {{"FriendlyName", "codes"}}).outputs.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_list_goes_over_all_pages) {
  std::set<std::string> sent;
  for (int i = 0; i != 7; ++i) {
    sent.insert(call("messages.create", message()).text("sid"));
  }
  const Done listed = call("messages.list", {{"PageSize", 2}});
  BOOST_TEST(listed.result.outcome == Outcome::ok);
  const auto sids = texts(listed, "sid");
  BOOST_TEST(sids.size() == 7U);
  BOOST_TEST((std::set<std::string>(sids.begin(), sids.end()) == sent));
  BOOST_TEST(call("messages.list", {{"PageSize", 2}, {"Limit", 3}}).outputs.size() == 3U);
  const Done stopped = call("messages.list", {{"PageSize", 2}}, [](std::string_view) { return false; });
  BOOST_TEST(stopped.outputs.size() == 1U);
  BOOST_TEST(stopped.result.outcome == Outcome::ok);
}

BOOST_AUTO_TEST_CASE(a_page_that_is_lost_is_asked_for_again_by_the_caller) {
  for (int i = 0; i != 3; ++i) {
    call("messages.create", message());
  }
  simulator().add_fault(R"({"path":"/2010-04-01","after":1,"fault":{"reset":"before"}})");
  const Done broken = call("messages.list", {{"PageSize", 2}});
  BOOST_TEST(broken.result.outcome == Outcome::retry);
  BOOST_TEST(broken.outputs.size() == 2U);
  BOOST_TEST(call("messages.list", {{"PageSize", 2}}).outputs.size() == 3U);
}

BOOST_AUTO_TEST_CASE(what_is_lost_is_doubtful_only_where_it_may_have_been_done) {
  const std::string sid = call("messages.create", message()).text("sid");
  for (const char* lost : {R"({"reset":"after"})", R"({"close":"after"})", R"({"silence":true})", R"({"html":502})",
                           R"({"garbage":true})", R"({"truncate":1})"}) {
    BOOST_TEST_CONTEXT(lost) {
      fault(lost);
      BOOST_TEST(call("messages.fetch", {{"MessageSid", sid}}).result.outcome == Outcome::retry);
      fault(lost);
      BOOST_TEST(call("messages.update", {{"MessageSid", sid}, {"Body", ""}}).result.outcome == Outcome::unknown);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_none_of_twilios_crashes_nothing) {
  for (const char* body : {"<html>", "{", "[]", "null", "{\\\"sid\\\":7}", "{\\\"messages\\\":[{]}", ""}) {
    BOOST_TEST_CONTEXT(body) {
      const std::string answer = R"({"status":200,"body":")" + std::string(body) + "\"}";
      fault(answer);
      BOOST_TEST(call("messages.list").result.outcome == Outcome::retry);
      fault(answer);
      BOOST_TEST(call("messages.create", message()).result.outcome == Outcome::unknown);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_send_in_doubt_that_arrived_is_found) {
  for (const char* lost : {R"({"reset":"after"})", R"({"close":"after"})"}) {
    BOOST_TEST_CONTEXT(lost) {
      simulator().clear();
      fault(lost);
      BOOST_TEST(send().outcome == Outcome::unknown);
      const json::object asked{{"to", "+15551230001"},
                               {"from", "+15005550006"},
                               {"body", "Your code is canary-code"},
                               {"sentAfter", "2026-01-01T00:00:00Z"}};
      const Done found = call("reconcile", asked);
      BOOST_TEST(found.result.outcome == Outcome::ok, found.result.detail);
      BOOST_TEST(found.result.provider_id == simulator().messages()[0].at("sid").as_string());
      BOOST_TEST(found.text("sid") == found.result.provider_id);
      BOOST_TEST(found.object().at("matched") == (json::array{"to", "from", "date", "body"}));
      BOOST_TEST(found.object().at("bodyCompared") == true);
      BOOST_TEST(found.outputs[0].find("canary") == std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_send_in_doubt_that_never_arrived_stays_in_doubt) {
  fault(R"({"reset":"before"})");
  BOOST_TEST(send().outcome == Outcome::unknown);
  const json::object asked{
      {"to", "+15551230001"}, {"body", "Your code is canary-code"}, {"sentAfter", "2026-01-01T00:00:00Z"}};
  BOOST_TEST(call("reconcile", asked).result.outcome == Outcome::unknown);
  BOOST_TEST(send("Another text").outcome == Outcome::ok);
  BOOST_TEST(call("reconcile", asked).result.outcome == Outcome::unknown);
}

BOOST_AUTO_TEST_CASE(two_equal_messages_leave_the_doubt) {
  BOOST_TEST(send().outcome == Outcome::ok);
  BOOST_TEST(send().outcome == Outcome::ok);
  const Done found = call("reconcile", {{"to", "+15551230001"}, {"sentAfter", "2026-01-01T00:00:00Z"}});
  BOOST_TEST(found.result.outcome == Outcome::unknown);
  BOOST_TEST(found.result.detail == "More than one message at Twilio fits.");
}

BOOST_AUTO_TEST_CASE(who_cannot_look_may_look_again) {
  fault(R"({"reset":"before"})");
  const json::object asked{{"to", "+15551230001"}, {"sentAfter", "2026-01-01T00:00:00Z"}};
  BOOST_TEST(call("reconcile", asked).result.outcome == Outcome::retry);
  simulator().stop();
  BOOST_TEST(call("reconcile", asked).result.outcome == Outcome::retry);
}

BOOST_AUTO_TEST_CASE(bad_input_reaches_nobody) {
  BOOST_TEST(call("messages.fetch", {{"MessageSid", "canary"}}).result.outcome == Outcome::rejected);
  BOOST_TEST(simulator().requests().empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(a_check_refuses_bad_credentials) {
  Provider provider("canary-wrong");
  const auto done = provider.call("check");
  BOOST_TEST(done.result.outcome == Outcome::config);
  BOOST_TEST(done.result.provider_code == "20003");
  BOOST_TEST(provider.call("messages.list").result.outcome == Outcome::config);
}

BOOST_AUTO_TEST_CASE(a_call_that_waits_can_be_cancelled) {
  Provider provider("canary-token", 20'000);
  const std::pair<const char*, Outcome> calls[] = {{"messages.fetch", Outcome::cancelled},
                                                   {"messages.delete", Outcome::unknown}};
  for (const auto& [operation, outcome] : calls) {
    provider.simulator().clear();
    provider.fault(R"({"silence":true})");
    Provider::Started started = provider.start(operation, {{"MessageSid", "SM" + std::string(32, '0')}});
    while (provider.simulator().requests().empty()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    provider.cancel(started);
    BOOST_TEST(started.outcome.get() == outcome, operation);
  }
}
