// SPDX-License-Identifier: Apache-2.0
// The event log through its routes.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "host_fixture.hpp"

using messenger::host::EventType;
using messenger::host::Transaction;
using namespace messenger::test;

namespace {

const std::string search = "/api/system/event-log/search";

/// Thirty entries, "entry 0" … "entry 29": by turns Information, Debug, Error.
struct Filled : messenger::test::Host {
  Filled() {
    constexpr std::array types{EventType::information, EventType::debug, EventType::error};
    store().transact([&](Transaction& transaction) {
      for (std::size_t i = 0; i < 30; ++i) {
        transaction.events.add(types[i % 3], "entry " + std::to_string(i));
      }
    });
  }
};

// The numbers of the entries, and how many there are in all.
std::string listed(const json::object& answer) {
  std::string text;
  for (const auto& event : answer.at("eventLogs").as_array()) {
    text.append(std::string(event.at("message").as_string()).substr(6)).append(" ");
  }
  return text + "of " + json::serialize(answer.at("total"));
}

struct Row {
  const char *query, *body, *entries;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.query;
}

const std::array searches{
    Row{"numberOfResults=2", R"({"numberOfResults":2})", "29 28 of 30"},
    Row{"numberOfResults=2&startRow=1", R"({"numberOfResults":2,"startRow":1})", "28 27 of 30"},
    Row{"type=Error&numberOfResults=2", R"({"type":"Error","numberOfResults":2})", "29 26 of 10"},
    Row{"message=entry%202*&orderBy=insertInstant%20ASC&numberOfResults=3",
        R"({"message":"entry 2*","orderBy":"insertInstant ASC","numberOfResults":3})", "2 20 21 of 11"},
    Row{"message=NTRY%2011", R"({"message":"NTRY 11"})", "11 of 1"},
    Row{"orderBy=message%20asc&numberOfResults=3", R"({"orderBy":"message asc","numberOfResults":3})", "0 1 10 of 30"},
    Row{"orderBy=message&numberOfResults=2", R"({"orderBy":"message","numberOfResults":2})", "9 8 of 30"},
    Row{"end=1000", R"({"end":1000})", "of 0"},
    Row{"start=1000&numberOfResults=1", R"({"start":1000,"numberOfResults":1})", "29 of 30"},
    Row{"type=&message=&unknown=1&numberOfResults=1", R"({"type":null,"numberOfResults":1})", "29 of 30"}};

struct Bad {
  const char *query, *body, *name, *kind;
};
std::ostream& operator<<(std::ostream& out, const Bad& row) {
  return out << row.query;
}

const std::array bad{Bad{"type=Fatal", R"({"type":"Fatal"})", "type", "invalid"},
                     Bad{"start=soon", R"({"start":-1})", "start", "invalid"},
                     Bad{"end=1.5", R"({"end":1.5})", "end", "invalid"},
                     Bad{"startRow=-1", R"({"startRow":-1})", "startRow", "invalid"},
                     Bad{"numberOfResults=0", R"({"numberOfResults":0})", "numberOfResults", "invalid"},
                     Bad{"numberOfResults=501", R"({"numberOfResults":501})", "numberOfResults", "invalid"},
                     Bad{"numberOfResults=99999999999999999999", R"({"numberOfResults":9999999999999999999})",
                         "numberOfResults", "invalid"},
                     Bad{"orderBy=id", R"({"orderBy":"id"})", "orderBy", "invalid"},
                     Bad{"orderBy=type%20UP", R"({"orderBy":"type UP"})", "orderBy", "invalid"},
                     Bad{"orderBy=type%20", R"({"orderBy":"type "})", "orderBy", "invalid"},
                     Bad{nullptr, R"({"type":7})", "type", "invalidJSON"},
                     Bad{nullptr, R"({"start":"7"})", "start", "invalidJSON"}};

}  // namespace

BOOST_AUTO_TEST_CASE(an_entry_is_found_by_its_id) {
  Filled host;
  const auto listed_entry = host.ok("GET", search + "?numberOfResults=1").at("eventLogs").at(0);
  const std::string id = json::serialize(listed_entry.at("id"));
  const auto entry = host.ok("GET", "/api/system/event-log/" + id).at("eventLog");
  BOOST_TEST(entry == listed_entry);
  BOOST_TEST(entry.at("message") == "entry 29");
  BOOST_TEST(entry.at("type") == "Error");
  BOOST_TEST(entry.at("insertInstant").as_int64() > 1'600'000'000'000);
  BOOST_TEST(host.call("GET", "/api/system/event-log/999").status == 404U);
  BOOST_TEST(host.refused("GET", "/api/system/event-log/x").starts_with("[couldNotConvert]logId "));
}

BOOST_AUTO_TEST_CASE(without_criteria_the_newest_25_come) {
  Filled host;
  const auto all = host.ok("GET", search);
  BOOST_TEST(all.at("eventLogs").as_array().size() == 25U);
  BOOST_TEST(all.at("total") == 30);
  for (const char* body : {"", "{}", R"({"search":null})", R"({"search":{}})"}) {
    BOOST_TEST(host.ok("POST", search, body) == all);
  }
  BOOST_TEST(host.ok("POST", search, "", "text/plain") == all);
}

BOOST_DATA_TEST_CASE(criteria_say_which_by_query_and_by_body, boost::unit_test::data::make(searches), row) {
  Filled host;
  BOOST_TEST(listed(host.ok("GET", search + "?" + row.query)) == row.entries);
  BOOST_TEST(listed(host.ok("POST", search, R"({"search":)" + std::string(row.body) + "}")) == row.entries);
}

BOOST_DATA_TEST_CASE(bad_criteria_are_field_errors, boost::unit_test::data::make(bad), row) {
  messenger::test::Host host;
  if (row.query != nullptr) {
    BOOST_TEST(
        host.refused("GET", search + "?" + row.query).starts_with("[" + std::string(row.kind) + "]" + row.name + " "));
  }
  BOOST_TEST(host.refused("POST", search, R"({"search":)" + std::string(row.body) + "}")
                 .starts_with("[" + std::string(row.kind) + "]search." + row.name + " "));
}

BOOST_AUTO_TEST_CASE(all_bad_criteria_are_told_at_once) {
  messenger::test::Host host;
  BOOST_TEST(host.refused("POST", search, R"({"search":{"type":"x","start":true,"orderBy":"x"}})") ==
             "[invalid]search.orderBy [orderBy] must be one of [insertInstant, message, type], perhaps followed by ASC "
             "or DESC.\n"
             "[invalidJSON]search.start [start] must be a number.\n"
             "[invalid]search.type [type] must be one of [Debug, Error, Information].\n");
  BOOST_TEST(host.refused("POST", search, R"({"search":{"foo":1},"bogus":1})") ==
             "[invalid]bogus Beside [search] nothing of this name is expected here.\n"
             "[invalid]search.foo There is no such member here.\n");
  BOOST_TEST(host.refused("POST", search, R"({"search":7})").starts_with("[invalidJSON]search "));
  BOOST_TEST(host.refused("POST", search, "[]").starts_with("[invalidJSON] "));
  BOOST_TEST(host.refused("POST", search, "{}", "text/plain").starts_with("[InvalidContentType] "));
}
