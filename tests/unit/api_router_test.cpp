// SPDX-License-Identifier: Apache-2.0
// Which route a request reaches, and what stands before it.
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "api/json_body.hpp"
#include "api/router.hpp"
#include "store/store_error.hpp"

using namespace messenger::host;

namespace {

Response named(const std::string& name, const Request& request) {
  boost::json::object body{{"route", name}};
  for (const auto& [parameter, value] : request.parameters) {
    body[parameter] = value;
  }
  return json_response(body);
}

Route route(const std::string& method, const std::string& path, Access access = Access::anyone) {
  return {method, path, access, {}, [name = method + " " + path](const Request& request, const Reply& reply) {
            reply(named(name, request));
          }};
}

class Api {
 public:
  Api() {
    router_.add({route("GET", "/api/thing/{thingId:uuid}"), route("DELETE", "/api/thing/{thingId:uuid}"),
                 route("POST", "/api/thing/test"), route("GET", "/api/log/{logId:long}"),
                 route("POST", "/api/send/{token}"), route("GET", "/api/secret", Access::api_key)});
    router_.add(
        {{"GET",
          "/api/broken",
          Access::anyone,
          {},
          [](const Request&, const Reply&) { throw std::runtime_error("broken"); }},
         {"POST", "/api/busy", Access::anyone, {}, [](const Request&, const Reply&) { throw StoreBusy("busy"); }},
         {"POST", "/api/full", Access::anyone, {}, [](const Request&, const Reply&) { throw StoreFull("full"); }}});
    router_.observe(
        [this](const std::string& method, const std::string& route, unsigned status, std::chrono::microseconds) {
          observed_.append(method + " " + route + " " + std::to_string(status) + "\n");
        });
  }

  Response call(const std::string& method, const std::string& target, const std::string& key = {}) {
    Request request;
    request.method = method;
    request.authorization = key;
    BOOST_TEST_REQUIRE(set_target(request, target));
    std::vector<Response> answers;
    router_.handle(std::move(request), [&](Response response) { answers.push_back(std::move(response)); });
    BOOST_TEST_REQUIRE(answers.size() == 1U);
    return answers.front();
  }

  const std::string& observed() const { return observed_; }

  std::string text(const std::string& method, const std::string& target, const char* member = "route") {
    const auto body = boost::json::parse(call(method, target).body).as_object();
    return std::string(body.at(member).as_string());
  }

 private:
  std::string observed_;
  Log log_{Log::Format::text, messenger::loader::LogLevel::error};
  Router router_{[](const Request& request) { return request.authorization == "good"; }, log_};
};

const std::string id = "2d5acca6-23d5-423f-ac7b-b70f50b54498";

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_request_reaches_the_route_of_its_method_and_path, Api) {
  BOOST_TEST(text("GET", "/api/thing/" + id) == "GET /api/thing/{thingId:uuid}");
  BOOST_TEST(text("DELETE", "/api/thing/" + id) == "DELETE /api/thing/{thingId:uuid}");
  BOOST_TEST(text("GET", "/api/log/-42?x=1") == "GET /api/log/{logId:long}");
}

BOOST_FIXTURE_TEST_CASE(a_path_without_parameters_comes_before_one_with, Api) {
  BOOST_TEST(text("POST", "/api/thing/test") == "POST /api/thing/test");
  BOOST_TEST(call("GET", "/api/thing/test").status == 405U);
}

BOOST_FIXTURE_TEST_CASE(parameters_are_decoded_and_ids_in_lower_case, Api) {
  BOOST_TEST(text("GET", "/api/thing/2D5ACCA6-23d5-423f-ac7b-b70f50b54498", "thingId") == id);
  BOOST_TEST(text("POST", "/api/send/a%2Fb%20c", "token") == "a/b c");
}

BOOST_FIXTURE_TEST_CASE(a_parameter_that_is_not_of_its_kind_is_named, Api) {
  for (const char* const target : {"/api/thing/17", "/api/thing/%00", "/api/log/1x", "/api/log/99999999999999999999"}) {
    const Response response = call("GET", target);
    BOOST_TEST(response.status == 400U, target);
    BOOST_TEST(response.body.find("[couldNotConvert]") != std::string::npos, response.body);
  }
  BOOST_TEST(call("GET", "/api/thing/17").body.find("[couldNotConvert]thingId") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(an_unknown_path_is_404_without_a_body, Api) {
  for (const char* const target :
       {"/", "/api", "/api/thing", "/api/thing/", "/api/thing/a/b", "/API/secret", "//api/secret"}) {
    const Response response = call("GET", target);
    BOOST_TEST(response.status == 404U, target);
    BOOST_TEST(response.body.empty());
  }
}

BOOST_FIXTURE_TEST_CASE(another_method_is_405_and_the_answer_says_which_are_allowed, Api) {
  const Response response = call("PUT", "/api/thing/" + id);
  BOOST_TEST(response.status == 405U);
  BOOST_TEST(response.body.empty());
  BOOST_TEST_REQUIRE(response.headers.size() == 1U);
  BOOST_TEST(response.headers.front().first == "Allow");
  BOOST_TEST(response.headers.front().second == "GET, DELETE");
}

BOOST_FIXTURE_TEST_CASE(without_a_good_key_it_is_401_without_a_body, Api) {
  BOOST_TEST(call("GET", "/api/secret").status == 401U);
  BOOST_TEST(call("GET", "/api/secret", "bad").body.empty());
  BOOST_TEST(call("GET", "/api/secret", "good").status == 200U);
}

BOOST_FIXTURE_TEST_CASE(what_a_route_throws_is_500_without_a_body, Api) {
  BOOST_TEST(call("GET", "/api/broken").status == 500U);
  BOOST_TEST(call("GET", "/api/broken").body.empty());
}

BOOST_FIXTURE_TEST_CASE(a_store_that_is_busy_or_full_is_503_and_says_when_to_come_again, Api) {
  using Headers = std::vector<std::pair<std::string, std::string>>;
  const auto busy = call("POST", "/api/busy");
  BOOST_TEST(busy.status == 503U);
  BOOST_TEST((busy.headers == Headers{{"Retry-After", "1"}}));
  const auto full = call("POST", "/api/full");
  BOOST_TEST(full.status == 503U);
  BOOST_TEST((full.headers == Headers{{"Retry-After", "60"}}));
  BOOST_TEST(
      full.body ==
      R"({"generalErrors":[{"code":"[storeFull]","message":"There is no room to keep more. Nothing was accepted."}]})");
}

BOOST_FIXTURE_TEST_CASE(each_answer_is_observed_by_its_route_and_not_by_its_path, Api) {
  call("GET", "/api/thing/" + id);
  call("GET", "/api/nowhere");
  call("GET", "/api/broken");
  BOOST_TEST(observed() == "GET /api/thing/{thingId:uuid} 200\nGET unknown 404\nGET /api/broken 500\n");
}

BOOST_AUTO_TEST_CASE(a_malformed_target_is_refused) {
  for (const char* const target : {"", "x", "*", "/%zz", "/a b"}) {
    Request request;
    BOOST_TEST(!set_target(request, target), target);
  }
}

BOOST_AUTO_TEST_CASE(the_query_is_decoded) {
  Request request;
  BOOST_TEST_REQUIRE(set_target(request, "/a?message=a+b%26c&type=Error&type=Debug&flag"));
  BOOST_TEST(request.query.at("message") == "a b&c");
  BOOST_TEST(request.query.at("type") == "Debug");
  BOOST_TEST(request.query.at("flag").empty());
}
