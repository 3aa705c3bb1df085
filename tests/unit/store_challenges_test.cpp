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
  return {id, "the-user", R"({"state":1})", "digest-1", now_ms() + minute, now_ms() + lifetime};
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

BOOST_FIXTURE_TEST_CASE(sends_are_counted_up_to_the_limit_beside_the_attempts, Kept) {
  BOOST_TEST(challenges([](Challenges& all) { return all.count_attempt("id", 5); }));
  BOOST_TEST(winners(options(), 4, [](Challenges& all) { return all.count_send("id", 5); }) == 5);
  BOOST_TEST(!challenges([](Challenges& all) { return all.count_send("another", 5); }));
  const auto found = challenges([](Challenges& all) { return all.find("id"); });
  BOOST_TEST(found->sends == 5);
  BOOST_TEST(found->attempts == 1);
}

BOOST_FIXTURE_TEST_CASE(a_challenge_can_be_given_more_time_with_all_that_was_counted, Kept) {
  challenges([](Challenges& all) { return all.count_attempt("id", 5) && all.count_send("id", 5); });
  const auto later = now_ms() + 10 * minute;
  BOOST_TEST(challenges([&](Challenges& all) { return all.set_expires("id", later); }));
  BOOST_TEST(!challenges([&](Challenges& all) { return all.set_expires("another", later); }));
  const auto found = challenges([](Challenges& all) { return all.find("id"); });
  BOOST_TEST(found->expires == later);
  BOOST_TEST(found->attempts == 1);
  BOOST_TEST(found->sends == 1);
}

BOOST_FIXTURE_TEST_CASE(a_users_attempts_are_counted_whatever_becomes_of_the_challenges_until_they_are_forgotten,
                        Kept) {
  const auto now = now_ms();
  const auto count = [&](const char* user, std::int64_t at) {
    return challenges([&](Challenges& all) { return all.count_user_attempt(user, 2, at, at + minute); });
  };
  const auto counted = [&](const char* user, std::int64_t at) {
    return challenges([&](Challenges& all) { return all.user_attempts(user, at); });
  };
  BOOST_TEST(counted("one", now) == 0);
  BOOST_TEST(count("one", now));
  BOOST_TEST(count("one", now + minute / 2));
  challenges([](Challenges& all) { return all.erase("id"); });
  BOOST_TEST(!count("one", now + minute - 1));
  BOOST_TEST(counted("one", now + minute - 1) == 2);
  BOOST_TEST(count("two", now));
  BOOST_TEST(counted("one", now + minute) == 0);
  BOOST_TEST(count("one", now + minute));
  BOOST_TEST(counted("one", now + minute) == 1);
  store.transact([](Transaction& transaction) { transaction.challenges.forget_user_attempts("one"); });
  BOOST_TEST(counted("one", now + minute) == 0);
  BOOST_TEST(counted("two", now) == 1);
}

BOOST_FIXTURE_TEST_CASE(whoever_comes_together_gets_no_more_of_a_users_attempts, Kept) {
  BOOST_TEST(winners(options(), 4, [](Challenges& all) {
               return all.count_user_attempt("user", 5, now_ms(), now_ms() + minute);
             }) == 5);
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
    BOOST_TEST(!challenges([](Challenges& all) { return all.count_send("old", 5); }));
    BOOST_TEST(!challenges([](Challenges& all) { return all.set_expires("old", now_ms() + minute); }));
    BOOST_TEST(!challenges([](Challenges& all) { return all.erase("old"); }));
    // Only where it is gone can it be added again.
    BOOST_TEST(refusal([this] { add("old", -1); }).empty() == swept);
    store.transact([](Transaction& transaction) { transaction.challenges.sweep(); });
  }
  BOOST_TEST(challenges([](Challenges& all) { return all.find("id"); }).has_value());
}
