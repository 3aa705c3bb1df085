// SPDX-License-Identifier: Apache-2.0
// A code from the user's request to the login, through the routes, the store, the loader, a real plugin and a socket.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "one_time_code_site.hpp"

using namespace messenger::test;

namespace {

const auto types = boost::unit_test::data::make({"Twilio", "Generic"});

// As long as that of the codes, and never equal to one: codes have no digits.
const std::string wrong_code = "AAAAAAAAAAA1";

std::string error_code(const std::string& answer) {
  const auto errors = json::parse(answer.substr(4)).as_object();
  return std::string(errors.at("generalErrors").at(0).at("code").as_string());
}

}  // namespace

BOOST_DATA_TEST_CASE(a_code_that_arrives_by_sms_logs_in_once, types, type) {
  OneTimeCodeSite site;
  site.set_up(type);
  const auto started = site.start(R"({"loginId":"ADA@example.com","state":{"page":7}})");
  const std::string id(started.at("twoFactorId").as_string());
  BOOST_TEST(json::serialize(started.at("methods").at(0)) ==
             R"({"id":"one","method":"sms","mobilePhone":"+15551230001"})");
  BOOST_TEST(site.send(id) == "200");
  const auto sms = site.last_sms();
  BOOST_TEST(sms.to == "+15551230001");
  BOOST_TEST(sms.text == "Ada: " + sms.code());
  BOOST_TEST(sms.code().size() == 12U);
  BOOST_TEST(site.login(id, std::string(started.at("code").as_string())) == "421");
  const auto login = site.api().object("POST", "/api/two-factor/login",
                                       json::serialize(json::object{{"code", sms.code()},
                                                                    {"twoFactorId", id},
                                                                    {"ipAddress", "192.0.2.1"},
                                                                    {"noJWT", true},
                                                                    {"trustComputer", false},
                                                                    {"metaData", json::object{{"device", {}}}}}));
  BOOST_TEST(login.at("user").at("email").as_string() == "Ada@Example.com");
  BOOST_TEST(!login.at("user").as_object().contains("password"));
  BOOST_TEST(json::serialize(login.at("state")) == R"({"page":7})");
  BOOST_TEST(site.login(id, sms.code()) == "404");
}

BOOST_DATA_TEST_CASE(a_resend_goes_where_it_shall_and_voids_what_was_sent, types, type) {
  OneTimeCodeSite site;
  site.set_up(type);
  const std::string id = site.start_id();
  BOOST_TEST(site.api().text("POST", "/api/two-factor/send/" + id, "", "text/plain") == "200");
  const auto first = site.last_sms();
  BOOST_TEST(first.to == "+15551230001");
  BOOST_TEST(site.send(id, R"({"methodId":"two"})") == "200");
  const auto second = site.last_sms();
  BOOST_TEST(second.to == "+15551230002");
  BOOST_TEST(site.login(id, first.code()) == "421");
  BOOST_TEST(site.login_status(id, second.code()) == "200");
}

BOOST_DATA_TEST_CASE(guessing_ends_at_the_limit, types, type) {
  OneTimeCodeSite site;
  site.set_up(type);
  const std::string id = site.start_id();
  BOOST_TEST(site.send(id) == "200");
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(site.login(id, wrong_code) == "421");
  }
  BOOST_TEST(site.login(id, site.last_sms().code()) == "404");
  BOOST_TEST(site.send(id) == "404");
  BOOST_TEST(site.login("unknown", wrong_code) == "404");
  BOOST_TEST(site.send("unknown") == "404");
}

BOOST_AUTO_TEST_CASE(a_login_that_was_begun_before_a_restart_is_completed_after_it) {
  OneTimeCodeSite site;
  site.set_up("Twilio");
  const std::string id = site.start_id();
  BOOST_TEST(site.send(id) == "200");
  const auto first = site.last_sms();
  BOOST_TEST(site.login(id, wrong_code) == "421");
  site.restart();
  BOOST_TEST(site.send(id) == "200");
  const auto second = site.last_sms();
  site.restart();
  BOOST_TEST(site.login(id, first.code()) == "421");
  BOOST_TEST(site.login_status(id, second.code()) == "200");
  site.restart();
  BOOST_TEST(site.login(id, second.code()) == "404");
}

BOOST_AUTO_TEST_CASE(of_parallel_logins_with_the_code_of_the_sms_one_wins) {
  OneTimeCodeSite site;
  site.set_up("Generic");
  const std::string id = site.start_id();
  BOOST_TEST(site.send(id) == "200");
  const std::string code = site.last_sms().code();
  std::atomic<int> ok{0}, gone{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 5; ++i) {
    threads.emplace_back([&] {
      const std::string status = site.login_status(id, code);
      ok += status == "200" ? 1 : 0;
      gone += status == "404" ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(ok == 1);
  BOOST_TEST(gone == 4);
}

BOOST_AUTO_TEST_CASE(a_login_and_its_code_end_with_their_time) {
  OneTimeCodeSite site;
  site.set_up("Generic", {{"twoFactorIdTimeToLiveInSeconds", 4}, {"twoFactorOneTimeCodeIdTimeToLiveInSeconds", 2}});
  const std::string id = site.start_id();
  BOOST_TEST(site.send(id) == "200");
  const std::string code = site.last_sms().code();
  std::this_thread::sleep_for(std::chrono::milliseconds(2'100));
  BOOST_TEST(site.login(id, code) == "421");
  std::this_thread::sleep_for(std::chrono::milliseconds(2'100));
  BOOST_TEST(site.login(id, code) == "404");
  BOOST_TEST(site.send(id) == "404");
}

BOOST_DATA_TEST_CASE(the_caller_learns_whether_it_was_sent_and_nothing_that_the_provider_said, types, type) {
  OneTimeCodeSite site;
  site.set_up(type);
  const std::string id = site.start_id();
  const auto failed = [&](const std::string& fault) {
    site.fault(fault);
    const std::string answer = site.send(id);
    BOOST_TEST(!contains(answer, "canary"));
    return answer.substr(0, 4) + (answer.size() > 4 ? error_code(answer) : "");
  };
  BOOST_TEST(failed(R"({"status":400,"body":"{\"code\":21211,\"message\":\"canary\"}"})") == "400 [rejected]");
  BOOST_TEST(failed(R"({"truncate":0})") == "200");
  BOOST_TEST(site.login_status(id, site.last_sms().code()) == "200");  // the answer was lost, the message was not
}

BOOST_DATA_TEST_CASE(a_code_is_tried_again_while_it_is_good, types, type) {
  OneTimeCodeSite site;
  site.set_up(type);
  const std::string id = site.start_id();
  site.fault(R"({"status":429,"body":"{\"code\":20429,\"message\":\"slow down\"}"})");
  BOOST_TEST(site.send(id) == "200");
  site.wait_until_sent();
  BOOST_TEST(site.login_status(id, site.last_sms().code()) == "200");
}

BOOST_DATA_TEST_CASE(nobody_waits_for_a_messenger_that_has_to_be_mended, types, type) {
  OneTimeCodeSite site;
  site.set_up(type);
  const std::string id = site.start_id();
  site.fault(R"({"status":401,"body":"{\"code\":20003,\"message\":\"canary\"}"})");
  BOOST_TEST(error_code(site.send(id)) == "[notSent]");
  BOOST_TEST(error_code(site.send(id)) == "[notSent]");  // its circuit is open: the provider is not asked
  site.mend_messenger();
  BOOST_TEST(site.send(id) == "200");
  BOOST_TEST(site.login_status(id, site.last_sms().code()) == "200");
}

BOOST_AUTO_TEST_CASE(nothing_is_sent_that_is_not_configured_nor_more_than_five_messages) {
  OneTimeCodeSite site;
  site.set_up("Twilio");
  const std::string id = site.start_id();
  site.patch_tenant({{"multiFactorConfiguration", json::parse(R"({"sms":{"enabled":false}})")}});
  BOOST_TEST(error_code(site.send(id)) == "[notConfigured]");
  BOOST_TEST(contains(site.send(id), "[tenant.multiFactorConfiguration.sms.enabled]"));
  site.patch_tenant({{"multiFactorConfiguration", json::parse(R"({"sms":{"enabled":true}})")}});
  BOOST_TEST(site.provider().requests().empty());
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(site.send(id) == "200");
  }
  const std::string refused = site.send(id);
  BOOST_TEST(refused.substr(0, 3) == "429");
  BOOST_TEST(error_code(refused) == "[tooManySends]");
  BOOST_TEST(site.provider().messages().size() == 5U);
}

BOOST_AUTO_TEST_CASE(what_a_tenant_uses_cannot_be_deleted) {
  OneTimeCodeSite site;
  site.set_up("Twilio");
  const auto messenger = site.api().object("GET", "/api/messenger").at("messengers").at(0).at("id").as_string();
  BOOST_TEST(site.api().codes("DELETE", "/api/messenger/" + std::string(messenger)) == "[inUse]messengerId");
  BOOST_TEST(site.send(site.start_id()) == "200");
}

BOOST_AUTO_TEST_CASE(start_needs_a_key_and_a_user_and_says_what_is_wrong) {
  OneTimeCodeSite site;
  site.set_up("Twilio");
  const std::string start = "/api/two-factor/start", send = "/api/two-factor/send/x", login = "/api/two-factor/login";
  const auto& api = site.api();
  BOOST_TEST(api.call("POST", start, R"({"loginId":"ada@example.com"})", "application/json", "").status == 401U);
  BOOST_TEST(api.text("POST", start, R"({"loginId":"nobody"})") == "404");
  BOOST_TEST(api.text("POST", start,
                      R"({"userId":"00000000-0000-0000-0000-000000000001","loginId":"ada@example.com"})") == "404");
  BOOST_TEST(api.codes("POST", start, "{}") == "[blank]loginId; [blank]userId");
  BOOST_TEST(api.codes("POST", start, R"({"userId":"1","state":[],"code":"","more":1})") ==
             "[blank]code; [invalid]more; [invalidJSON]state; [invalid]userId");
  const auto with_code = [](const std::string& code) {
    return R"({"loginId":"ada@example.com","code":")" + code + "\"}";
  };
  for (const auto& code : {std::string("1"), std::string("äöü"), std::string(129, '1')}) {
    BOOST_TEST(api.codes("POST", start, with_code(code)) == "[invalid]code", code);
  }
  for (const auto& code : {std::string("canary-1"), std::string(128, '1')}) {
    BOOST_TEST(site.start(with_code(code)).at("code").as_string() == code);
  }
  BOOST_TEST(api.codes("POST", start, R"({"loginId":")" + std::string(256, 'x') + "\"}") == "[invalid]loginId");
  BOOST_TEST(api.codes("POST", login, R"({"twoFactorId":"x","code":")" + std::string(129, '1') + "\"}") ==
             "[invalid]code");
  BOOST_TEST(api.codes("POST", login, R"({"twoFactorId":"x","code":"1","botDetectionScore":"x"})") ==
             "[invalidJSON]botDetectionScore");
  for (const char* const score : {"1", "0.25"}) {
    BOOST_TEST(api.text("POST", login,
                        R"({"twoFactorId":"x","code":"1","botDetectionScore":)" + std::string(score) + "}") == "404");
  }
  BOOST_TEST(api.codes("POST", start, R"({"loginId":"x","code":""})") == "[blank]code");
  BOOST_TEST(api.codes("POST", send, R"({"methodId":"one","mobilePhone":"+15551239999"})") == "[invalid]mobilePhone");
  BOOST_TEST(api.codes("POST", send, R"({"methodId":"one"})", "text/plain") == "[InvalidContentType]");
  BOOST_TEST(api.codes("POST", send, "{") == "[invalidJSON]");
  BOOST_TEST(api.codes("POST", login, "{}") == "[blank]code; [blank]twoFactorId");
  BOOST_TEST(api.codes("POST", login, R"({"code":"","twoFactorId":7})") == "[blank]code; [invalidJSON]twoFactorId");
  BOOST_TEST(api.codes("POST", login, "", "text/plain") == "[InvalidContentType]");
  BOOST_TEST(api.codes("POST", "/api/two-factor/send/" + site.start_id(), R"({"methodId":"three"})") ==
             "[invalid]methodId");
}

BOOST_AUTO_TEST_CASE(send_and_login_need_no_key) {
  OneTimeCodeSite site;
  site.set_up("Generic");
  const std::string id = site.start_id();
  BOOST_TEST(site.api().call("POST", "/api/two-factor/send/" + id, "", "", "").status == 200U);
  const std::string body = json::serialize(json::object{{"code", site.last_sms().code()}, {"twoFactorId", id}});
  BOOST_TEST(site.api().call("POST", "/api/two-factor/login", body, "application/json", "").status == 200U);
}
