// SPDX-License-Identifier: Apache-2.0
// A database that is full: what was accepted is kept, and what became of it can still be written.
#include <boost/test/unit_test.hpp>
#include <functional>
#include <vector>

#include "outbox_store.hpp"

using namespace messenger::host;
using namespace messenger::test;

namespace {

constexpr std::int64_t limit = 1'000'000;

struct Limited : Database {
  Store store{StoreOptions{location, {}, false, limit}};
  OutboxOf host{store};

  // In units of this many; the first that did not fit is undone. Gives how many were accepted.
  int fill(int from, int unit) {
    for (int count = from;; count += unit) {
      try {
        store.transact([&](Transaction& transaction) {
          for (int number = count; number != count + unit; ++number) {
            transaction.outbox.add(message(std::to_string(number)));
          }
        });
      } catch (const StoreFull& error) {
        BOOST_TEST(contains(error.what(), "size"), error.what());
        return count;
      }
    }
  }
  int fill() { return fill(fill(0, 50), 1); }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(nothing_is_accepted_beyond_the_size_and_nothing_accepted_is_lost, Limited) {
  const int count = fill();
  BOOST_TEST(count > 100);
  BOOST_TEST(host.outbox([](Outbox& all) { return all.search({}); }).total == count);
  BOOST_TEST(std::filesystem::file_size(file) <= static_cast<std::uintmax_t>(limit + 256 * 4'096));
  BOOST_CHECK_THROW(host.add(message("more")), StoreFull);
}

BOOST_FIXTURE_TEST_CASE(the_reserve_is_for_outcomes_and_nothing_else_is_accepted_into_it, Limited) {
  store.transact([](Transaction& transaction) { transaction.documents.put(Kind::user, {"1", "{}", {}, {}}); });
  fill();
  for (const auto& work : std::vector<std::function<void(Transaction&)>>{
           [](Transaction& transaction) {
             transaction.documents.put(Kind::user, {"2", "{}", {}, {}});
           },
           [](Transaction& transaction) {
             transaction.challenges.add({"id", "1", "{}", "digest", now_ms() + 1'000, now_ms() + 1'000});
           }}) {
    BOOST_CHECK_THROW(store.transact(work), StoreFull);
  }
  BOOST_TEST(store.with([](Transaction& transaction) {
    transaction.events.add(EventType::information, "It is full.");
    return transaction.documents.set_body(Kind::user, "1", R"({"lastLogin":1})");
  }));
}

BOOST_FIXTURE_TEST_CASE(a_full_database_takes_the_results_of_all_that_is_in_it, Limited) {
  const int count = fill();
  for (const OutboxMessage& leased : host.lease(100, {"h", 500}, 100'000)) {
    auto sent = update(leased.id, 1, MessageStage::sent);
    sent.provider_id = "the provider's id of " + leased.id;
    BOOST_TEST(host.record(sent));
  }
  BOOST_TEST(host.outbox([](Outbox& all) { return all.changed_to(MessageStage::sent, 0); }) == count);
}

BOOST_FIXTURE_TEST_CASE(what_is_swept_makes_room, Limited) {
  const int count = fill();
  host.outbox([](Outbox& all) { return all.expire(1'000, 100'000); });
  BOOST_TEST(host.outbox([](Outbox& all) { return all.sweep(2'000, 100'000); }) == static_cast<std::size_t>(count));
  BOOST_TEST(host.add(message("more")).is_new);
}

BOOST_FIXTURE_TEST_CASE(beyond_the_reserve_every_unit_is_refused_as_full_and_undone, Limited) {
  std::size_t kept = 0;
  const auto put = [&] {
    store.transact([](Transaction& transaction) { transaction.documents.put(Kind::user, {"1", "x", {}, {}}); });
    for (std::size_t size = 100'000;; size += 100'000) {
      store.transact([&](Transaction& transaction) {
        transaction.documents.set_body(Kind::user, "1", std::string(size, 'x'));
        kept = size;
      });
    }
  };
  BOOST_CHECK_THROW(put(), StoreFull);
  BOOST_TEST(kept > 0U);
  store.transact(
      [&](Transaction& transaction) { BOOST_TEST(transaction.documents.find(Kind::user, "1")->body.size() == kept); });
}
