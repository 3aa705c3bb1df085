// SPDX-License-Identifier: Apache-2.0
// A user's methods are added and removed with codes that were sent to their numbers.
#include <boost/test/unit_test.hpp>

#include "one_time_code_site.hpp"

using namespace messenger::test;

namespace {

const std::string number = "+15551230003", wrong_code = "AAAAAAAAAAA1";

class MethodSite : public OneTimeCodeSite {
 public:
  MethodSite() {
    set_up("Twilio");
    user_ = user_path().substr(sizeof "/api/user");
    add_secret(number);
  }

  std::string send_to_new(const std::string& mobile_phone = number) {
    return send(R"("method":"sms","mobilePhone":")" + mobile_phone + "\"");
  }
  std::string send(const std::string& members) {
    return api().text("POST", "/api/two-factor/send", R"({"userId":")" + user_ + "\"," + members + "}");
  }
  std::string enable(const std::string& code, const std::string& mobile_phone = number) {
    return api().text("POST", path(),
                      R"({"method":"sms","mobilePhone":")" + mobile_phone + R"(","code":")" + code + "\"}");
  }
  std::string disable(const std::string& code, const std::string& method) {
    return api().text("DELETE", path() + "?code=" + code + "&methodId=" + method);
  }
  json::array methods() { return api().object("GET", user_path()).at("user").at("twoFactor").at("methods").as_array(); }
  std::string path() const { return "/api/user/two-factor/" + user_; }

 private:
  std::string user_;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_number_becomes_a_method_with_the_code_that_was_sent_there, MethodSite) {
  BOOST_TEST(enable(wrong_code) == "421");
  BOOST_TEST(send_to_new() == "200");
  const auto sms = last_sms();
  BOOST_TEST(sms.to == number);
  BOOST_TEST(enable(sms.code(), "+15551230004") == "421");
  BOOST_TEST(enable(wrong_code) == "421");
  BOOST_TEST(methods().size() == 2U);
  BOOST_TEST(enable(sms.code()) == "200 {}");
  BOOST_TEST_REQUIRE(methods().size() == 3U);
  BOOST_TEST(methods()[2].at("mobilePhone").as_string() == number);
  BOOST_TEST(methods()[2].at("id").as_string().size() == 8U);
  BOOST_TEST(contains(enable(sms.code()), "[duplicate]mobilePhone"));

  const auto started = start();
  const auto id = std::string(started.at("twoFactorId").as_string());
  const auto method = std::string(started.at("methods").at(2).at("id").as_string());
  BOOST_TEST(OneTimeCodeSite::send(id, R"({"methodId":")" + method + "\"}") == "200");
  BOOST_TEST(last_sms().to == number);
  BOOST_TEST(login_status(id, last_sms().code()) == "200");
}

BOOST_FIXTURE_TEST_CASE(a_method_goes_with_the_code_that_was_sent_to_it, MethodSite) {
  BOOST_TEST(send(R"("methodId":"two")") == "200");
  BOOST_TEST(last_sms().to == "+15551230002");
  const std::string code = last_sms().code();
  BOOST_TEST(disable(code, "one") == "421");
  BOOST_TEST(disable(wrong_code, "two") == "421");
  BOOST_TEST(disable(code, "two") == "200");
  BOOST_TEST_REQUIRE(methods().size() == 1U);
  BOOST_TEST(methods()[0].at("id").as_string() == "one");
  BOOST_TEST(contains(disable(code, "two"), "[invalid]methodId"));
  BOOST_TEST(contains(send(R"("methodId":"two")"), "[invalid]methodId"));

  BOOST_TEST(send(R"("methodId":"one")") == "200");
  BOOST_TEST(api().text("DELETE", path(), R"({"methodId":"one","code":")" + last_sms().code() + "\"}") == "200");
  BOOST_TEST(methods().empty());
}

BOOST_FIXTURE_TEST_CASE(guessing_ends_at_the_limit_and_so_does_sending, MethodSite) {
  BOOST_TEST(send_to_new() == "200");
  const std::string code = last_sms().code();
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(enable(wrong_code) == "421");
  }
  BOOST_TEST(enable(code) == "421");
  BOOST_TEST(send_to_new().substr(0, 3) == "429");
  BOOST_TEST(send(R"("methodId":"one")").substr(0, 3) == "429");
  BOOST_TEST(provider().messages().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(sending_to_a_number_ends_at_its_limit, MethodSite) {
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(send(R"("methodId":"one")") == "200");
  }
  BOOST_TEST(send(R"("methodId":"one")").substr(0, 3) == "429");
  BOOST_TEST(provider().messages().size() == 5U);
}

BOOST_FIXTURE_TEST_CASE(every_problem_is_told_and_nothing_is_sent, MethodSite) {
  const auto codes = [&](const std::string& body) { return api().codes("POST", "/api/two-factor/send", body); };
  BOOST_TEST(codes("{}") == "[blank]userId");
  const std::string user = R"({"userId":"00000000-0000-0000-0000-000000000001")";
  BOOST_TEST(codes(user + "}") == "[blank]method; [blank]mobilePhone");
  BOOST_TEST(codes(user + R"(,"method":"email","mobilePhone":5,"email":"x"})") ==
             "[invalid]email; [invalid]method; [invalidJSON]mobilePhone");
  BOOST_TEST(codes(user + R"(,"method":"sms","mobilePhone":"five"})") == "[invalid]mobilePhone");
  BOOST_TEST(codes(user + R"(,"method":"sms","mobilePhone":""})") == "[blank]mobilePhone");
  BOOST_TEST(api().text("POST", "/api/two-factor/send", user + R"(,"method":"sms","mobilePhone":"+15551230003"})") ==
             "404");
  BOOST_TEST(api().text("POST", "/api/two-factor/send", user + R"(,"methodId":"one"})") == "404");
  const std::string nobody = "/api/user/two-factor/00000000-0000-0000-0000-000000000001";
  BOOST_TEST(api().text("POST", nobody, R"({"method":"sms","mobilePhone":"+15551230003","code":"x"})") == "404");
  BOOST_TEST(api().text("DELETE", nobody + "?code=x&methodId=one") == "404");
  BOOST_TEST(api().codes("POST", path(), "{}") == "[blank]code; [blank]method; [blank]mobilePhone");
  BOOST_TEST(api().codes("DELETE", path()) == "[blank]code; [blank]methodId");
  for (const char* const method : {"POST", "DELETE"}) {
    BOOST_TEST(api().call(method, path(), "{}", "application/json", "").status == 401U);
  }
  BOOST_TEST(api().call("POST", "/api/two-factor/send", "{}", "application/json", "").status == 401U);
  BOOST_TEST(provider().requests().empty());
}
