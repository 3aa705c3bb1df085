// SPDX-License-Identifier: Apache-2.0
// One database, opened again and by many.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "database.hpp"
#include "tamper.hpp"

using namespace messenger::host;
using namespace messenger::test;

namespace {

const std::string first = "00000000-0000-0000-0000-000000000001";

// A database that holds one user, closed.
struct Closed : Database {
  Closed() {
    Store store(options());
    store.transact([](Transaction& transaction) { transaction.documents.put(Kind::user, {first, "kept", {}, {}}); });
  }

  std::string body() const {
    Store store(options());
    return store.with([](Transaction& transaction) { return transaction.documents.find(Kind::user, first); })->body;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_database_that_must_exist_is_not_made, Database) {
  auto careful = options();
  careful.must_exist = true;
  BOOST_TEST(contains(refusal([&] { Store store(careful); }), "There is no database"));
  BOOST_TEST(!std::filesystem::exists(key_file));
  static_cast<void>(Store{options()});
  static_cast<void>(Store{careful});
}

BOOST_FIXTURE_TEST_CASE(without_its_key_or_with_another_it_is_refused, Closed) {
  BOOST_TEST(body() == "kept");
  const auto key = contents(key_file);
  std::filesystem::remove(key_file);
  BOOST_TEST(contains(refusal([this] { Store store(options()); }), "missing"));
  BOOST_TEST(!std::filesystem::exists(key_file));
  std::ofstream(key_file) << std::string(64, 'a');
  std::filesystem::permissions(key_file, std::filesystem::perms(0600));
  const auto said = refusal([this] { Store store(options()); });
  BOOST_TEST(contains(said, "another database"), said);
  BOOST_TEST(contains(said, key_file), said);
  std::ofstream(key_file) << key;
  BOOST_TEST(body() == "kept");
}

BOOST_FIXTURE_TEST_CASE(tables_of_the_first_version_are_brought_up_to_date_with_what_is_in_them, Closed) {
  {
    Store store(options());
    store.transact([](Transaction& transaction) {
      transaction.challenges.add({"id", first, "{}", "digest", now_ms() + 60'000, now_ms() + 60'000, 3, 2});
    });
  }
  tamper(options(), "DROP TABLE message");
  tamper(options(), "DROP TABLE stage_change");
  tamper(options(), "DROP TABLE receipt");
  tamper(options(), "DROP TABLE user_attempt");
  tamper(options(), "ALTER TABLE challenge DROP COLUMN sends");
  tamper(options(), "DELETE FROM schema_version WHERE version > 1");
  BOOST_TEST(body() == "kept");
  Store store(options());
  store.transact([](Transaction& transaction) {
    const auto challenge = transaction.challenges.find("id");
    BOOST_TEST_REQUIRE(challenge.has_value());
    BOOST_TEST(challenge->attempts == 3);
    BOOST_TEST(challenge->sends == 0);
    BOOST_TEST(transaction.challenges.count_user_attempt(first, 1, now_ms(), now_ms() + 60'000));
  });
}

BOOST_FIXTURE_TEST_CASE(tables_of_a_newer_program_are_refused, Closed) {
  tamper(options(), "INSERT INTO schema_version (version, key_check) VALUES (999, '')");
  BOOST_TEST(contains(refusal([this] { Store store(options()); }), "version 999"));
}

BOOST_FIXTURE_TEST_CASE(many_who_start_at_once_on_nothing_share_one_key_and_one_database, Database) {
  std::vector<std::string> problems(6);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i != problems.size(); ++i) {
    threads.emplace_back([&, i] {
      problems[i] = refusal([&] {
        Store store(options());
        for (int round = 0; round != 5; ++round) {
          store.transact([&](Transaction& transaction) {
            transaction.documents.put(Kind::user, {std::to_string(i) + "-" + std::to_string(round), "b", {}, {}});
          });
        }
      });
    });
  }
  for (std::size_t i = 0; i != problems.size(); ++i) {
    threads[i].join();
    BOOST_TEST(problems[i] == "");
  }
  Store store(options());
  BOOST_TEST(store.with([](Transaction& transaction) { return transaction.documents.list(Kind::user); }).size() == 30U);
}

BOOST_FIXTURE_TEST_CASE(threads_share_one_store, Database) {
  Store store(options());
  std::vector<std::thread> threads;
  for (int i = 0; i != 4; ++i) {
    threads.emplace_back([&store, i] {
      for (int round = 0; round != 25; ++round) {
        store.transact([&](Transaction& transaction) {
          const auto count = transaction.documents.list(Kind::user).size();
          transaction.documents.put(
              Kind::user,
              {std::to_string(i) + "-" + std::to_string(round), "b", {"number " + std::to_string(count)}, {}});
        });
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  store.transact([](Transaction& transaction) {
    BOOST_TEST(transaction.documents.list(Kind::user).size() == 100U);
    BOOST_TEST(transaction.documents.find_by_name(Kind::user, "number 99").has_value());
  });
}
