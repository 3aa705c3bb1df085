// SPDX-License-Identifier: Apache-2.0
// What hosts on one database tell each other.
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

#include "database.hpp"

using namespace messenger::host;
using namespace messenger::test;

namespace {

// A host that writes down what it hears.
struct Hearer {
  std::mutex mutex;
  std::condition_variable changed;
  std::string heard;
  Store store;

  explicit Hearer(const StoreOptions& options) : store(options) {
    store.listen([this](const Notice& notice) {
      const std::lock_guard lock(mutex);
      heard.append(std::to_string(static_cast<int>(notice.topic))).append(":" + notice.subject + " ");
      changed.notify_all();
    });
  }

  void tell(Topic topic, const std::string& subject) {
    store.transact([&](Transaction& transaction) { transaction.notices.tell(topic, subject); }, Sharing::rows);
  }
  // What was heard, once this is in it.
  std::string until(const std::string& part) {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, std::chrono::seconds(60), [&] { return contains(heard, part); });
    return heard;
  }
};

std::string number(Topic topic) {
  return std::to_string(static_cast<int>(topic));
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_notice_is_heard_by_its_own_host_once_it_is_committed, Database) {
  Hearer host(options());
  const auto fails = [&] {
    host.store.transact([](Transaction& transaction) {
      transaction.notices.tell(Topic::cancel, "undone");
      throw std::domain_error("the caller's own");
    });
  };
  BOOST_CHECK_THROW(fails(), std::domain_error);
  host.store.transact([&](Transaction& transaction) {
    transaction.notices.tell(Topic::outbox, "");
    transaction.notices.tell(Topic::messenger, "an id");
    const std::lock_guard lock(host.mutex);
    BOOST_TEST(host.heard == "");
  });
  BOOST_TEST(host.until("an id") == number(Topic::outbox) + ": " + number(Topic::messenger) + ":an id ");
}

BOOST_FIXTURE_TEST_CASE(every_topic_is_heard_by_every_host, Database) {
  if (!on_postgresql()) {
    return;  // SQLite is one host's
  }
  Hearer first(options());
  Hearer second(options());
  std::string told;
  for (const auto topic : {Topic::outbox, Topic::cancel, Topic::messenger, Topic::key, Topic::all}) {
    first.tell(topic, "s" + number(topic));
    told += number(topic) + ":s" + number(topic) + " ";
  }
  second.tell(Topic::outbox, "end");
  told += number(Topic::outbox) + ":end ";
  BOOST_TEST(first.until("end") == told);
  BOOST_TEST(second.until("end") == told);
}

BOOST_FIXTURE_TEST_CASE(after_the_server_was_away_all_may_have_been_missed, Database) {
  if (!on_postgresql()) {
    return;
  }
  Hearer host(options());
  PostgresServer::shared().restart();
  BOOST_TEST(host.until(number(Topic::all) + ": ") == number(Topic::all) + ": ");
  host.tell(Topic::key, "after");
  BOOST_TEST(contains(host.until("after"), number(Topic::key) + ":after "));
}

BOOST_FIXTURE_TEST_CASE(a_host_ends_while_the_server_is_away, Database) {
  if (!on_postgresql()) {
    return;
  }
  {
    Hearer host(options());
    PostgresServer::shared().stop();
  }
  PostgresServer::shared().start();
  Hearer again(options());
  again.tell(Topic::key, "back");
  BOOST_TEST(contains(again.until("back"), "back"));
}
