// SPDX-License-Identifier: Apache-2.0
#include "twilio/request.hpp"

#include <boost/test/unit_test.hpp>

#include "support/fake_host.hpp"

using namespace messenger;
using test::Pairs;
using test::TestMessage;
using twilio::SenderOrigin;

namespace {

const std::string hex = "0123456789abcdef0123456789abcdef";
constexpr std::uint64_t second = 1'000'000'000;
const twilio::Now now{100 * second, std::chrono::sys_days(std::chrono::year(2026) / 1 / 31)};

twilio::Config number() {
  twilio::Config config;
  config.from = "+15005550006";
  return config;
}
twilio::Config service() {
  twilio::Config config = number();
  config.service_sid = "MG" + hex;
  return config;
}

struct Built {
  Outcome outcome = Outcome::ok;
  std::string detail{};
  std::string form{};
  SenderOrigin origin{};
};

Built build(const twilio::Config& config, const TestMessage& test) {
  const test::RawMessage raw(test);
  const Message message(raw.raw());
  twilio::Plan plan;
  if (const auto refusal = twilio::plan(config, message, now, plan)) {
    return {refusal->outcome, refusal->detail};
  }
  Built built{.origin = plan.sender.origin};
  twilio::append_message(built.form, plan, message);
  BOOST_TEST(built.form.size() <= twilio::message_bound(plan, message));
  return built;
}

// The form after "To=…&From=…", or the reason for the refusal.
std::string rest(const twilio::Config& config, TestMessage message) {
  if (message.body == TestMessage{}.body) {
    message.body = "hi";
  }
  const Built built = build(config, message);
  if (built.outcome != Outcome::ok) {
    return std::to_string(static_cast<int>(built.outcome)) + " " + built.detail;
  }
  return built.form.substr(built.form.find("Body="));
}

std::string with(const twilio::Config& config, Pairs attributes) {
  return rest(config, {.attributes = std::move(attributes)});
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_plainest_message) {
  const Built built = build(number(), {.body = "Code: 1"});
  BOOST_TEST(built.form == "To=%2B15005550010&From=%2B15005550006&Body=Code%3A+1");
  BOOST_TEST((built.origin == SenderOrigin::configuration));
}

BOOST_AUTO_TEST_CASE(the_sender_is_the_messages_before_the_configurations) {
  struct Row {
    twilio::Config config;
    TestMessage message;
    std::string form;
    SenderOrigin origin;
  };
  const std::string mg = "MG" + std::string(32, '1');
  const Row rows[] = {
      {service(), {}, "MessagingServiceSid=MG" + hex, SenderOrigin::configuration},
      {service(), {.from = "MyCompany"}, "From=MyCompany", SenderOrigin::message},
      {service(), {.attributes = {{"From", "12345"}}}, "From=12345", SenderOrigin::message},
      {number(), {.attributes = {{"MessagingServiceSid", mg}}}, "MessagingServiceSid=" + mg, SenderOrigin::message},
      {service(),
       {.from = "MyCompany", .attributes = {{"MessagingServiceSid", mg}}},
       "MessagingServiceSid=" + mg,
       SenderOrigin::message},
      {number(), {.from = "A", .attributes = {{"From", "A"}}}, "From=A", SenderOrigin::message},
  };
  for (const Row& row : rows) {
    const Built built = build(row.config, row.message);
    BOOST_TEST_CONTEXT(row.form << " " << built.form << built.detail) {
      BOOST_TEST(built.form.find("&" + row.form + "&") != std::string::npos);
      BOOST_TEST((built.origin == row.origin));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_bad_sender_is_the_fault_of_who_chose_it) {
  twilio::Config bad = number();
  bad.from = "555-555-5555";
  BOOST_TEST((build(bad, {}).outcome == Outcome::config));
  BOOST_TEST((build(bad, {.from = "+15005550006"}).outcome == Outcome::ok));
  BOOST_TEST((build({}, {}).outcome == Outcome::config));
  bad.service_sid = "MG1";
  BOOST_TEST((build(bad, {}).outcome == Outcome::config));
  BOOST_TEST((build(number(), {.from = "555-555-5555"}).outcome == Outcome::rejected));
  BOOST_TEST((build(number(), {.from = "A", .attributes = {{"From", "B"}}}).outcome == Outcome::rejected));
  BOOST_TEST((build(number(), {.attributes = {{"From", "555-555-5555"}}}).outcome == Outcome::rejected));
  BOOST_TEST((build(number(), {.attributes = {{"MessagingServiceSid", "MG1"}}}).outcome == Outcome::rejected));
}

BOOST_AUTO_TEST_CASE(every_parameter_is_copied_when_it_is_good_and_refused_when_it_is_not) {
  struct Row {
    std::string name, good, encoded, bad;
  };
  const Row rows[] = {
      {"StatusCallback", "https://h/cb?x=1", "https%3A%2F%2Fh%2Fcb%3Fx%3D1", "h/cb"},
      {"MaxPrice", "0.05", "0.05", "1,5"},
      {"ContentSid", "HX" + hex, "HX" + hex, "HX1"},
      {"ContentVariables", R"({"1":"a"})", "%7B%221%22%3A%22a%22%7D", "{\"1\":"},
      {"ApplicationSid", "AP" + hex, "AP" + hex, "AC" + hex},
      {"ProvideFeedback", "true", "true", "yes"},
      {"Attempt", "2", "2", "0"},
      {"ForceDelivery", "false", "false", "False"},
      {"ContentRetention", "discard", "discard", "keep"},
      {"AddressRetention", "obfuscate", "obfuscate", "retain obfuscate"},
      {"SmartEncoded", "true", "true", "1"},
      {"PersistentAction", "geo:1,2|x", "geo%3A1%2C2%7Cx", ""},
      {"TrafficType", "free", "free", " "},
      {"SendAsMms", "true", "true", ""},
      {"RiskCheck", "disable", "disable", "off"},
      {"FallbackFrom", "+15005550007", "%2B15005550007", "nobody at all"},
      {"Tags", R"({"a":"b"})", "%7B%22a%22%3A%22b%22%7D", "[]"},
      {"MediaUrl", "https://h/a.png", "https%3A%2F%2Fh%2Fa.png", "ftp://h/a.png"},
      {"ValidityPeriod", "60", "60", "36001"},
      {"ShortenUrls", "false", "false", "no"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.name) {
      BOOST_TEST(with(number(), {{row.name, row.good}}) == "Body=hi&" + row.name + "=" + row.encoded);
      BOOST_TEST(with(number(), {{row.name, row.bad}}).starts_with("2 The attribute " + row.name + " "));
    }
  }
}

BOOST_AUTO_TEST_CASE(lists_repeat_and_the_rest_does_not) {
  Pairs media(10, {"MediaUrl", "http://h"});
  const std::string ten = with(number(), media);
  BOOST_TEST(ten.size() == 7 + 10 * std::string("&MediaUrl=http%3A%2F%2Fh").size());
  media.push_back(media[0]);
  BOOST_TEST(with(number(), media).starts_with("2 The attribute MediaUrl"));
  BOOST_TEST(with(number(), {{"PersistentAction", "a"}, {"PersistentAction", "b"}}) ==
             "Body=hi&PersistentAction=a&PersistentAction=b");
  BOOST_TEST(
      with(number(), {{"RiskCheck", "enable"}, {"RiskCheck", "enable"}}).starts_with("2 The attribute RiskCheck"));
}

BOOST_AUTO_TEST_CASE(strange_attributes) {
  BOOST_TEST(with(number(), {{"code", "1"}, {"userId", "u"}, {"type", "SMS"}, {"", "x"}, {"x-own", "y"}}) == "Body=hi");
  BOOST_TEST(with(number(), {{"MediaURL", "http://h"}}) == "2 The attribute MediaURL is no parameter of Twilio's.");
  BOOST_TEST(with(number(), {{"To", "+15005550011"}}).starts_with("2 The attribute To "));
  BOOST_TEST(with(number(), {{"Body", "x"}}).starts_with("2 The attribute Body "));
  BOOST_TEST(with(number(), {{"X\r\nInjected: <b>", "x"}}) ==
             "2 The attribute X??Injected???b? is no parameter of Twilio's.");
}

BOOST_AUTO_TEST_CASE(what_a_message_needs) {
  const auto outcome = [](const TestMessage& message) { return build(number(), message).outcome; };
  BOOST_TEST((outcome({.to = "3035551212"}) == Outcome::rejected));
  BOOST_TEST((outcome({.to = "whatsapp:+15005550010"}) == Outcome::ok));
  BOOST_TEST((outcome({.body = ""}) == Outcome::rejected));
  BOOST_TEST((outcome({.body = "", .attributes = {{"MediaUrl", "http://h"}}}) == Outcome::ok));
  BOOST_TEST((outcome({.body = "", .attributes = {{"ContentSid", "HX" + hex}}}) == Outcome::ok));
  std::string text;
  for (int i = 0; i < 1600; ++i) {
    text += "€";
  }
  BOOST_TEST((outcome({.body = text}) == Outcome::ok));
  BOOST_TEST((outcome({.body = text + "x"}) == Outcome::rejected));
}

BOOST_AUTO_TEST_CASE(a_schedule_needs_all_its_parts) {
  const Pairs good{{"SendAt", "2026-02-01T00:00:00Z"}, {"ScheduleType", "fixed"}};
  BOOST_TEST(with(service(), good) == "Body=hi&SendAt=2026-02-01T00%3A00%3A00Z&ScheduleType=fixed");
  BOOST_TEST(with(number(), good) == "2 SendAt needs a Messaging Service.");
  BOOST_TEST(with(service(), {good[0]}).starts_with("2 SendAt and"));
  BOOST_TEST(with(service(), {good[1]}).starts_with("2 SendAt and"));
  const auto at = [](const char* when) { return with(service(), {{"SendAt", when}, {"ScheduleType", "fixed"}}); };
  BOOST_TEST(at("2026-01-31T00:15:00Z").starts_with("Body="));
  BOOST_TEST(at("2026-01-31T00:14:59Z").starts_with("2 SendAt must"));
  BOOST_TEST(at("2026-03-07T00:00:00Z").starts_with("Body="));
  BOOST_TEST(at("2026-03-07T00:00:01Z").starts_with("2 SendAt must"));
  BOOST_TEST(at("tomorrow").starts_with("2 The attribute SendAt"));
  BOOST_TEST(with(service(), {{"ShortenUrls", "true"}}) == "Body=hi&ShortenUrls=true");
  BOOST_TEST(with(number(), {{"ShortenUrls", "true"}}) == "2 ShortenUrls needs a Messaging Service.");
}

BOOST_AUTO_TEST_CASE(the_validity_period_ends_with_the_message) {
  const auto left = [](std::uint64_t ns, Pairs attributes = {}) {
    return rest(service(), {.attributes = std::move(attributes), .expires_ns = now.host_ns + ns});
  };
  BOOST_TEST(left(300 * second) == "Body=hi&ValidityPeriod=300");
  BOOST_TEST(left(300 * second + second - 1) == "Body=hi&ValidityPeriod=300");
  BOOST_TEST(left(1) == "Body=hi&ValidityPeriod=1");
  BOOST_TEST(left(99'999 * second) == "Body=hi&ValidityPeriod=36000");
  BOOST_TEST(left(300 * second, {{"ValidityPeriod", "60"}}) == "Body=hi&ValidityPeriod=60");
  BOOST_TEST(left(300 * second, {{"ValidityPeriod", "600"}}) == "Body=hi&ValidityPeriod=300");
  BOOST_TEST(left(0) == "6 The message expired before it was sent.");
  const Pairs hour{{"SendAt", "2026-01-31T01:00:00Z"}, {"ScheduleType", "fixed"}};
  BOOST_TEST(left(3660 * second, hour).ends_with("&ValidityPeriod=60"));
  BOOST_TEST(left(3600 * second, hour) == "2 The message expires before its SendAt.");
}

BOOST_AUTO_TEST_CASE(the_url_has_the_account_in_it) {
  twilio::Config config;
  config.url = "https://api.twilio.com//";
  BOOST_TEST(twilio::messages_url(config) == config.url);
  config.account_sid = "AC" + hex;
  BOOST_TEST(twilio::messages_url(config) == "https://api.twilio.com/2010-04-01/Accounts/AC" + hex + "/Messages.json");
}

BOOST_AUTO_TEST_CASE(receipts_come_to_the_host_unless_the_message_names_another_place) {
  const std::string ours = "https://host.example/api/messenger/1/receipt";
  BOOST_TEST(rest(number(), {.attributes = {{"receiptUrl", ours}}}) ==
             "Body=hi&StatusCallback=https%3A%2F%2Fhost.example%2Fapi%2Fmessenger%2F1%2Freceipt");
  BOOST_TEST(rest(number(), {.attributes = {{"receiptUrl", ours}, {"StatusCallback", "https://h/"}}}) ==
             "Body=hi&StatusCallback=https%3A%2F%2Fh%2F");
  for (const char* bad : {"", "host.example", "https://host.example/a b"}) {
    BOOST_TEST(rest(number(), {.attributes = {{"receiptUrl", bad}}}) == "2 The attribute receiptUrl is no URL.");
  }
}
