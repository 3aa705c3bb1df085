// SPDX-License-Identifier: Apache-2.0
#include "delivery/message_type.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "issue_text.hpp"

using namespace messenger::host;
using messenger::test::summary;
namespace json = boost::json;

namespace {

const std::string first = "0000000a-0000-0000-0000-000000000001";
const std::string second = "0000000b-0000-0000-0000-000000000002";

json::object parse(const std::string& text) {
  return json::parse(text).as_object();
}

std::string issues_of(const std::string& text) {
  return summary(check_message_type(parse(text)));
}

json::object with_carriers(std::size_t count) {
  json::array carriers;
  for (std::size_t i = 0; i < count; ++i) {
    std::string id = "00000000-0000-0000-0000-000000000000";
    id.replace(id.size() - 2, 2, std::to_string(10 + i));
    carriers.push_back(json::object{{"messengerId", id}});
  }
  return {{"name", "n"}, {"messengers", carriers}};
}

MessageType read(const std::string& text) {
  return read_message_type({"0000000c-0000-0000-0000-000000000003", text});
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_not_said_is_a_notice_of_a_day_by_the_first_that_works) {
  const std::string text = R"({"name":"Login","messengers":[{"messengerId":")" + first + R"("}]})";
  BOOST_TEST(issues_of(text) == "");
  const MessageType type = read(text);
  BOOST_TEST(type.id == "0000000c-0000-0000-0000-000000000003");
  BOOST_TEST(type.name == "Login");
  BOOST_TEST((type.priority == Priority::notice));
  BOOST_TEST(type.lifetime_seconds == 86'400);
  BOOST_TEST((type.selection == MessageType::Selection::order));
  BOOST_TEST_REQUIRE(type.carriers.size() == 1U);
  BOOST_TEST(type.carriers[0].messenger_id == first);
  BOOST_TEST(type.carriers[0].weight == 1);
}

BOOST_AUTO_TEST_CASE(what_is_said_is_read_and_ids_become_lower_case) {
  const std::string text =
      R"({"name":"Login","priority":"code","lifetimeSeconds":300,"selection":"weight","data":{"a":1},)"
      R"("messengers":[{"messengerId":"0000000A-0000-0000-0000-000000000001","weight":9},)"
      R"({"messengerId":")" +
      second + R"("}]})";
  BOOST_TEST(issues_of(text) == "");
  const MessageType type = read(text);
  BOOST_TEST((type.priority == Priority::code));
  BOOST_TEST(type.lifetime_seconds == 300);
  BOOST_TEST((type.selection == MessageType::Selection::weight));
  BOOST_TEST_REQUIRE(type.carriers.size() == 2U);
  BOOST_TEST(type.carriers[0].messenger_id == first);
  BOOST_TEST(type.carriers[0].weight == 9);
  BOOST_TEST(type.carriers[1].messenger_id == second);
}

BOOST_AUTO_TEST_CASE(every_problem_is_told_where_it_is) {
  BOOST_TEST(issues_of("{}") == "blank /messageType/name; missing /messageType/messengers");
  BOOST_TEST(
      issues_of(R"({"name":"n","priority":"now","lifetimeSeconds":0,"selection":"chance","messengers":[],"x":1})") ==
      "invalid /messageType/lifetimeSeconds; invalid /messageType/messengers; invalid /messageType/priority; "
      "invalid /messageType/selection; unknown /messageType/x");
  BOOST_TEST(issues_of(R"({"name":"n","lifetimeSeconds":604801,"messengers":"x"})") ==
             "invalid /messageType/lifetimeSeconds; invalidJSON /messageType/messengers");
  BOOST_TEST(issues_of(R"({"name":"n","messengers":[1,{}]})") ==
             "blank /messageType/messengers/1/messengerId; invalidJSON /messageType/messengers");
  BOOST_TEST(issues_of(R"({"name":"n","messengers":[{"messengerId":"no","weight":0},{"weight":1001,"messengerId":")" +
                       first + R"(","y":1}]})") ==
             "invalid /messageType/messengers/0/messengerId; invalid /messageType/messengers/0/weight; "
             "invalid /messageType/messengers/1/weight; unknown /messageType/messengers/1/y");
}

BOOST_AUTO_TEST_CASE(a_messenger_stands_in_a_route_once) {
  BOOST_TEST(issues_of(R"({"name":"n","messengers":[{"messengerId":")" + first +
                       R"("},{"messengerId":"0000000A-0000-0000-0000-000000000001"}]})") ==
             "duplicate /messageType/messengers/1/messengerId");
}

BOOST_AUTO_TEST_CASE(a_route_has_sixteen_messengers_at_most) {
  BOOST_TEST(summary(check_message_type(with_carriers(16))) == "");
  BOOST_TEST(summary(check_message_type(with_carriers(17))) == "invalid /messageType/messengers");
}

BOOST_AUTO_TEST_CASE(the_schema_names_what_the_check_takes) {
  const json::object schema = message_type_schema();
  const json::object& properties = schema.at("properties").as_object();
  BOOST_TEST(json::serialize(properties.at("priority").at("enum")) == R"(["code","notice","bulk"])");
  BOOST_TEST(json::serialize(properties.at("selection").at("enum")) == R"(["order","weight"])");
  BOOST_TEST(json::serialize(schema.at("required")) == R"(["messengers","name"])");
  const json::object& carriers = properties.at("messengers").as_object();
  BOOST_TEST(json::serialize(carriers.at("items").at("required")) == R"(["messengerId"])");
  BOOST_TEST(carriers.at("maxItems") == 16);
}
