// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>
#include <vector>

#include "database.hpp"

using namespace messenger::host;
using namespace messenger::test;

namespace {

constexpr std::int64_t minute = 60'000;

Challenge challenge(const std::string& id, std::int64_t lifetime = minute) {
  return {id, "the-user", R"({"state":1})", "digest-1", now_ms() + minute, now_ms() + lifetime, 0};
}

struct Kept : OpenStore {
  Kept() { add("id"); }

  void add(const std::string& id, std::int64_t lifetime = minute) {
    store.transact([&](Transaction& transaction) { transaction.challenges.add(challenge(id, lifetime)); });
  }
  template <class Work>
  auto challenges(Work work) {
    return store.with([&](Transaction& transaction) { return work(transaction.challenges); });
  }
};

// How many of these threads, each with a store of its own on the same database, were told true.
template <class Work>
int winners(const StoreOptions& options, int threads, Work work) {
  std::atomic<int> count{0};
  std::vector<std::thread> running;
  for (int i = 0; i != threads; ++i) {
    running.emplace_back([&] {
      Store store(options);
      for (int round = 0; round != 10; ++round) {
        count += store.with([&](Transaction& transaction) { return work(transaction.challenges); }) ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : running) {
    thread.join();
  }
  return count;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_challenge_is_found_by_its_id_alone, Kept) {
  const auto found = challenges([](Challenges& all) { return all.find("id"); });
  BOOST_TEST_REQUIRE(found.has_value());
  BOOST_TEST(found->id == "id");
  BOOST_TEST(found->user_id == "the-user");
  BOOST_TEST(found->body == R"({"state":1})");
  BOOST_TEST(found->code_digest == "digest-1");
  BOOST_TEST(found->code_expires > now_ms());
  BOOST_TEST(found->attempts == 0);
  BOOST_TEST(!challenges([](Challenges& all) { return all.find("ID"); }));
  BOOST_TEST(!refusal([this] { add("id"); }).empty());
}

BOOST_FIXTURE_TEST_CASE(a_new_code_takes_the_place_of_the_old_one, Kept) {
  BOOST_TEST(challenges([](Challenges& all) { return all.set_code("id", "digest-2", 7); }));
  const auto found = challenges([](Challenges& all) { return all.find("id"); });
  BOOST_TEST(found->code_digest == "digest-2");
  BOOST_TEST(found->code_expires == 7);
  BOOST_TEST(!challenges([](Challenges& all) { return all.set_code("another", "digest-2", 7); }));
}

BOOST_FIXTURE_TEST_CASE(a_challenge_is_used_up_once, Kept) {
  BOOST_TEST(challenges([](Challenges& all) { return all.erase("id"); }));
  BOOST_TEST(!challenges([](Challenges& all) { return all.erase("id"); }));
  BOOST_TEST(!challenges([](Challenges& all) { return all.find("id"); }));
  BOOST_TEST(!challenges([](Challenges& all) { return all.count_attempt("id", 5); }));
}

BOOST_FIXTURE_TEST_CASE(attempts_are_counted_up_to_the_limit_and_no_new_code_resets_them, Kept) {
  BOOST_TEST(challenges([](Challenges& all) { return all.count_attempt("id", 2); }));
  BOOST_TEST(challenges([](Challenges& all) { return all.set_code("id", "digest-2", 7); }));
  BOOST_TEST(challenges([](Challenges& all) { return all.count_attempt("id", 2); }));
  BOOST_TEST(!challenges([](Challenges& all) { return all.count_attempt("id", 2); }));
  BOOST_TEST(challenges([](Challenges& all) { return all.find("id"); })->attempts == 2);
}

BOOST_FIXTURE_TEST_CASE(whoever_comes_together_gets_no_more_attempts, Kept) {
  BOOST_TEST(winners(options(), 4, [](Challenges& all) { return all.count_attempt("id", 5); }) == 5);
}

BOOST_FIXTURE_TEST_CASE(of_all_who_use_it_up_together_one_does, Kept) {
  BOOST_TEST(winners(options(), 4, [](Challenges& all) { return all.erase("id"); }) == 1);
}

BOOST_FIXTURE_TEST_CASE(an_expired_challenge_is_there_for_nobody, Kept) {
  add("old", -1);
  for (const bool swept : {false, true}) {
    BOOST_TEST(!challenges([](Challenges& all) { return all.find("old"); }));
    BOOST_TEST(!challenges([](Challenges& all) { return all.set_code("old", "d", now_ms() + minute); }));
    BOOST_TEST(!challenges([](Challenges& all) { return all.count_attempt("old", 5); }));
    BOOST_TEST(!challenges([](Challenges& all) { return all.erase("old"); }));
    // Only where it is gone can it be added again.
    BOOST_TEST(refusal([this] { add("old", -1); }).empty() == swept);
    store.transact([](Transaction& transaction) { transaction.challenges.sweep(); });
  }
  BOOST_TEST(challenges([](Challenges& all) { return all.find("id"); }).has_value());
}
