// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <cmath>
#include <cstring>
#include <random>

#include "document_routes.hpp"

using namespace messenger::test;

namespace {

const std::string all = "/api/user", one = all + "/" + first_id;
const std::string ada = R"({"user":{"email":"Ada@Example.com","username":"Ada","password":"canary-password",
    "firstName":"Ada","lastName":"Lovelace","fullName":"Ada Lovelace","mobilePhone":"303-555-1212",
    "preferredLanguages":["en","fr"],"data":{"color":"red"},
    "twoFactor":{"methods":[{"method":"sms","mobilePhone":"+15551230001"}]}},"skipVerification":true})";

std::string user(const std::string& members) {
  return R"({"user":{)" + members + "}}";
}

// Doubles of every size, as text that says exactly which.
std::string random_numbers(std::size_t count) {
  std::mt19937_64 random(42);
  std::string text = "[";
  for (std::size_t made = 0; made < count;) {
    const std::uint64_t bits = random();
    double number = 0;
    std::memcpy(&number, &bits, sizeof number);
    if (std::isfinite(number) && number != 0) {
      std::array<char, 32> digits{};
      const auto* const end =
          std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::scientific).ptr;
      text.append(made++ == 0 ? "" : ",")
          .append(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
    }
  }
  return text + "]";
}

// The numbers in data.x of an answer, as the one text that is theirs.
std::string kept_numbers(const std::string& answer, const std::string& member) {
  const auto parsed = std::get<json::value>(messenger::host::parse_json(answer.substr(4)));
  return messenger::host::to_sorted_text(parsed.at(member).at("data").at("x"));
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_user_is_created_shown_and_found_by_each_login_id_in_any_case, DocumentRoutes) {
  const auto created = api.object("POST", one, ada);
  const auto& shown = created.at("user").as_object();
  BOOST_TEST(shown.at("id").as_string() == first_id);
  BOOST_TEST(shown.at("email") == "Ada@Example.com");
  BOOST_TEST(shown.at("active") == true);
  BOOST_TEST(shown.at("tenantId").as_string() == tenant_id());
  BOOST_TEST(shown.at("mobilePhone") == "303-555-1212");
  BOOST_TEST(shown.at("twoFactor").at("methods").at(0).at("id").as_string().size() == 8U);
  for (const char* const query :
       {"?email=ADA@example.COM", "?username=aDa", "?loginId=ada", "?loginId=ada@example.com"}) {
    BOOST_TEST((api.object("GET", all + query) == created), query);
  }
  for (const char* const query : {"?email=ada", "?username=ada@example.com", "?loginId=eve", "?loginId="}) {
    BOOST_TEST(api.text("GET", all + query) == "404", query);
  }
  BOOST_TEST(api.codes("GET", all) == "[missing]");
}

BOOST_FIXTURE_TEST_CASE(a_password_is_taken_and_never_kept_nor_shown, DocumentRoutes) {
  api.object("POST", one, ada);
  api.object("PATCH", one, user(R"("password":"canary-password")"));
  BOOST_TEST(!contains(api.text("GET", one), "password"));
  store.transact([&](messenger::host::Transaction& transaction) {
    BOOST_TEST(!contains(transaction.documents.find(messenger::host::Kind::user, first_id)->body, "canary"));
  });
}

BOOST_FIXTURE_TEST_CASE(a_login_id_is_one_users_alone_as_email_and_as_username, DocumentRoutes) {
  api.object("POST", one, ada);
  BOOST_TEST(api.codes("POST", all, user(R"("email":"ada@example.com","username":"ADA")")) ==
             "[duplicate]user.email; [duplicate]user.username");
  BOOST_TEST(api.codes("POST", all, user(R"("username":"ada@example.com")")) == "[duplicate]user.username");
  api.object("POST", all + "/" + second_id, user(R"("username":"eve@x","email":"eve@x")"));
  BOOST_TEST(api.codes("PATCH", all + "/" + second_id, user(R"("username":"ada")")) == "[duplicate]user.username");
  api.object("PUT", one, ada);
}

BOOST_FIXTURE_TEST_CASE(every_problem_is_told_at_once, DocumentRoutes) {
  BOOST_TEST(api.codes("POST", all,
                       R"({"user":{"email":"x","birthDate":"y","tenantId":")" + first_id +
                           R"(","twoFactor":{"methods":[{"method":"sms"}]}},"sendSetPasswordEmail":true})") ==
             "[invalid]sendSetPasswordEmail; [invalid]user.birthDate; [invalid]user.email; "
             "[invalid]user.tenantId; [blank]user.twoFactor.methods.0.mobilePhone");
  BOOST_TEST(api.codes("POST", all, R"({"user":{},"more":1})") ==
             "[invalid]more; [blank]user.email; [blank]user.username");
  BOOST_TEST(api.codes("POST", all, user("")) == "[blank]user.email; [blank]user.username");
}

BOOST_FIXTURE_TEST_CASE(no_text_is_kept_that_is_longer_than_its_bound, DocumentRoutes) {
  std::string longest;
  for (int i = 0; i < 255; ++i) {
    longest += "ä";  // characters are counted, not bytes
  }
  const auto sent = [](const std::string& text) {
    return user(R"("username":")" + text + R"(","lastName":")" + text + R"(","preferredLanguages":["de",")" + text +
                R"("],"twoFactor":{"methods":[{"method":"sms","mobilePhone":"5551230001","name":")" + text + "\"}]}");
  };
  api.object("POST", one, sent(longest));
  BOOST_TEST(api.object("GET", one).at("user").at("lastName").as_string() == longest);
  BOOST_TEST(api.codes("POST", all, sent(longest + "x")) ==
             "[invalid]user.lastName; [invalid]user.preferredLanguages.1; [invalid]user.twoFactor.methods.0.name; "
             "[invalid]user.username");
}

BOOST_FIXTURE_TEST_CASE(a_user_as_it_was_shown_can_be_sent_back, DocumentRoutes) {
  const auto created = api.object("POST", one, ada);
  const auto replaced = api.object("PUT", one, json::serialize(created));
  auto expected = created.at("user").as_object();
  expected["lastUpdateInstant"] = replaced.at("user").at("lastUpdateInstant");
  BOOST_TEST((replaced.at("user").as_object() == expected));
}

BOOST_FIXTURE_TEST_CASE(delete_deactivates_and_only_a_hard_delete_deletes, DocumentRoutes) {
  api.object("POST", one, ada);
  BOOST_TEST(api.text("DELETE", one) == "200");
  BOOST_TEST(api.object("GET", one).at("user").at("active") == false);
  BOOST_TEST(api.object("PUT", one, ada).at("user").at("active") == false);
  BOOST_TEST(api.codes("POST", all, user(R"("username":"ada")")) == "[duplicate]user.username");
  BOOST_TEST(api.object("PUT", one + "?reactivate=true").at("user").at("active") == true);
  BOOST_TEST(api.text("DELETE", one + "?hardDelete=true") == "200");
  BOOST_TEST(api.text("GET", one) == "404");
  BOOST_TEST(api.text("GET", all + "?loginId=ada") == "404");
  BOOST_TEST(api.text("DELETE", one) == "404");
  BOOST_TEST(api.text("PUT", one + "?reactivate=true") == "404");
}

BOOST_FIXTURE_TEST_CASE(a_method_is_added_by_patch_and_removed_by_put, DocumentRoutes) {
  api.object("POST", one, user(R"("username":"u","mobilePhone":"+15551230001")"));
  BOOST_TEST(!api.object("GET", one).at("user").as_object().contains("twoFactor"));
  for (const char* const number : {"5551230001", "5551230002"}) {
    api.object("PATCH", one,
               user(R"("twoFactor":{"methods":[{"method":"sms","mobilePhone":")" + std::string(number) + R"("}]})"));
  }
  const auto methods = api.object("GET", one).at("user").at("twoFactor").at("methods").as_array();
  BOOST_TEST_REQUIRE(methods.size() == 2U);
  BOOST_TEST((methods[0].at("id") != methods[1].at("id")));
  api.object("PUT", one, user(R"("username":"u")"));
  BOOST_TEST(!api.object("GET", one).at("user").as_object().contains("twoFactor"));
}

BOOST_FIXTURE_TEST_CASE(a_number_stays_what_it_is_whatever_is_changed_beside_it, DocumentRoutes) {
  const std::string numbers = random_numbers(5'000);
  const std::string same = messenger::host::to_sorted_text(std::get<json::value>(messenger::host::parse_json(numbers)));
  const std::string template_path = "/api/message/template/" + first_id;
  api.object("POST", one, user(R"("username":"u","data":{"x":)" + numbers + "}"));
  api.object(
      "POST", template_path,
      R"({"messageTemplate":{"name":"t","type":"SMS","defaultTemplate":"${code}","data":{"x":)" + numbers + "}}}");
  api.object("PUT", tenant_path(), R"({"tenant":{"name":"Mine","data":{"x":)" + numbers + "}}}");
  const std::vector<std::pair<std::string, std::string>> kept{
      {"user", one}, {"messageTemplate", template_path}, {"tenant", tenant_path()}};
  for (const auto& [member, path] : kept) {
    BOOST_TEST((kept_numbers(api.text("GET", path), member) == same), member);
    for (const char* const type : {"application/json", "application/merge-patch+json"}) {
      const std::string change = "{\"" + member + R"(":{"data":{"y":1.5}}})";
      BOOST_TEST((kept_numbers(api.text("PATCH", path, change, type), member) == same), member << " " << type);
    }
    BOOST_TEST((kept_numbers(api.text("PATCH", path, R"([{"op":"add","path":"/)" + member + R"(/data/z","value":2.5}])",
                                      "application/json-patch+json"),
                             member) == same),
               member);
  }
  api.text("DELETE", one);
  BOOST_TEST((kept_numbers(api.text("PUT", one + "?reactivate=true"), "user") == same));
}
