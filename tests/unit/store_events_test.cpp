// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <thread>

#include "database.hpp"

using namespace messenger::host;
using namespace messenger::test;

namespace {

struct Log : OpenStore {
  std::int64_t add(EventType type, const std::string& message) {
    return store.with([&](Transaction& transaction) { return transaction.events.add(type, message); });
  }
  EventPage search(const EventSearch& search) {
    return store.with([&](Transaction& transaction) { return transaction.events.search(search); });
  }
  // The messages found, in order.
  std::string found(const EventSearch& wanted) {
    std::string text;
    for (const Event& event : search(wanted).events) {
      text += (text.empty() ? "" : "|") + event.message;
    }
    return text;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_entry_is_found_by_its_id_as_it_was_written, Log) {
  const auto before = now_ms();
  for (const EventType type : {EventType::information, EventType::debug, EventType::error}) {
    const auto id = add(type, "m");
    const auto event = store.with([&](Transaction& transaction) { return transaction.events.find(id); });
    BOOST_TEST_REQUIRE(event.has_value());
    BOOST_TEST(event->id == id);
    BOOST_TEST((event->type == type));
    BOOST_TEST(event->message == "m");
    BOOST_TEST(event->insert_instant >= before);
    BOOST_TEST(event->insert_instant <= now_ms());
  }
  BOOST_TEST(!store.with([](Transaction& transaction) { return transaction.events.find(99); }));
}

BOOST_FIXTURE_TEST_CASE(the_newest_come_first_a_page_at_a_time, Log) {
  for (int i = 0; i != 30; ++i) {
    add(EventType::debug, std::to_string(i));
  }
  const auto first = search({});
  BOOST_TEST(first.total == 30);
  BOOST_TEST_REQUIRE(first.events.size() == 25U);
  BOOST_TEST(first.events.front().message == "29");
  EventSearch rest;
  rest.start_row = 25;
  BOOST_TEST(found(rest) == "4|3|2|1|0");
  rest.number_of_results = 2;
  BOOST_TEST(found(rest) == "4|3");
  rest.start_row = 100;
  BOOST_TEST(search(rest).events.empty());
  BOOST_TEST(search(rest).total == 30);
  rest.number_of_results = rest.start_row = -5;
  BOOST_TEST(search(rest).events.empty());
}

BOOST_FIXTURE_TEST_CASE(the_order_is_chosen, Log) {
  add(EventType::error, "b");
  add(EventType::debug, "c");
  add(EventType::error, "a");
  EventSearch search;
  search.order = EventSearch::Order::message;
  BOOST_TEST(found(search) == "c|b|a");
  search.ascending = true;
  BOOST_TEST(found(search) == "a|b|c");
  search.order = EventSearch::Order::type;
  BOOST_TEST(found(search) == "c|b|a");
  search.order = EventSearch::Order::insert_instant;
  BOOST_TEST(found(search) == "b|c|a");
}

BOOST_FIXTURE_TEST_CASE(a_text_is_sought_anywhere_in_any_case_and_a_star_is_any_text, Log) {
  for (const char* message : {"Sent to X", "100% of it", "a_b", "aXb", R"(back\slash)", "it's *"}) {
    add(EventType::debug, message);
  }
  const auto with = [](const std::string& message) {
    EventSearch search;
    search.message = message;
    return search;
  };
  BOOST_TEST(found(with("SENT")) == "Sent to X");
  BOOST_TEST(found(with("sent*x")) == "Sent to X");
  BOOST_TEST(found(with("ent*")) == "");
  BOOST_TEST(found(with("*TO X")) == "Sent to X");
  BOOST_TEST(found(with("0% ")) == "100% of it");
  BOOST_TEST(found(with("%")) == "100% of it");
  BOOST_TEST(found(with("_")) == "a_b");
  BOOST_TEST(found(with("a_b")) == "a_b");
  BOOST_TEST(found(with("\\")) == R"(back\slash)");
  BOOST_TEST(found(with("K\\S")) == R"(back\slash)");
  BOOST_TEST(found(with("t's")) == "it's *");
  BOOST_TEST(search(with("*")).total == 6);
  BOOST_TEST(search(with("absent")).total == 0);
}

BOOST_FIXTURE_TEST_CASE(a_text_of_any_length_can_be_sought, Log) {
  add(EventType::debug, "ab");
  EventSearch search;
  search.message = std::string(200'000, 'a');
  BOOST_TEST(this->search(search).total == 0);
  search.message = std::string(200'000, '*');
  BOOST_TEST(this->search(search).total == 1);
}

BOOST_FIXTURE_TEST_CASE(type_and_time_narrow_the_search, Log) {
  const auto instant = [this](std::int64_t id) {
    return store.with([&](Transaction& transaction) { return transaction.events.find(id); })->insert_instant;
  };
  const auto first = instant(add(EventType::error, "a"));
  while (now_ms() == first) {
    std::this_thread::yield();
  }
  const auto second = instant(add(EventType::debug, "b"));
  EventSearch search;
  search.type = EventType::error;
  BOOST_TEST(found(search) == "a");
  search.type.reset();
  search.end = first;
  BOOST_TEST(found(search) == "a");
  search.end = second;
  BOOST_TEST(found(search) == "b|a");
  search.start = second;
  BOOST_TEST(found(search) == "b");
  search.start = second + 1;
  BOOST_TEST(found(search) == "");
}

BOOST_FIXTURE_TEST_CASE(the_oldest_go_and_no_id_comes_back, Log) {
  for (const char* message : {"a", "b", "c"}) {
    add(EventType::debug, message);
  }
  const auto retain = [this](std::int64_t entries) {
    store.transact([&](Transaction& transaction) { transaction.events.retain(entries); });
  };
  retain(3);
  BOOST_TEST(found({}) == "c|b|a");
  retain(1);
  BOOST_TEST(found({}) == "c");
  retain(0);
  BOOST_TEST(search({}).total == 0);
  BOOST_TEST(add(EventType::debug, "d") == 4);
}
