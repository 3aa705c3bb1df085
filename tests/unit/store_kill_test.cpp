// SPDX-License-Identifier: Apache-2.0
// What was acknowledged outlives the process, wherever SIGKILL finds it.
#include <signal.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <random>
#include <sstream>
#include <thread>

#include "database.hpp"
#include "process.hpp"
#include "tamper.hpp"

using namespace messenger::host;
using namespace messenger::test;

namespace {

std::vector<std::string> lines(const std::string& text) {
  std::istringstream stream(text.substr(0, text.rfind('\n') + 1));
  std::vector<std::string> all;
  for (std::string line; std::getline(stream, line);) {
    all.push_back(line);
  }
  return all;
}

enum class Writers { just_started, at_work };

// What two writers on one database said they had kept, before they were killed.
std::vector<std::string> kept_until_killed(const StoreOptions& options, int round, Writers writers,
                                           std::chrono::microseconds time) {
  const auto prefix = [&](const char* name) { return name + std::to_string(round) + "-"; };
  Process first({MESSENGER_STORE_WRITER, options.database, options.key_file.string(), prefix("a")});
  Process second({MESSENGER_STORE_WRITER, options.database, options.key_file.string(), prefix("b")});
  std::vector<std::string> kept;
  if (writers == Writers::at_work) {
    kept = {first.read_line(), second.read_line()};
  }
  std::this_thread::sleep_for(time);
  for (Process* const writer : {&first, &second}) {
    writer->signal(SIGKILL);
  }
  for (Process* const writer : {&first, &second}) {
    const auto finished = writer->wait();
    BOOST_TEST(finished.status == -1, finished.err);
    const auto said = lines(finished.out);
    kept.insert(kept.end(), said.begin(), said.end());
  }
  return kept;
}

void check_kept(const StoreOptions& options, const std::vector<std::string>& kept) {
  Store store(options);
  store.transact([&](Transaction& transaction) {
    for (const std::string& id : kept) {
      BOOST_TEST(transaction.documents.find(Kind::user, id).has_value(), id);
      BOOST_TEST(transaction.documents.find_by_name(Kind::user, id).has_value(), id);
    }
  });
}

// Also of those that nobody was told of: all of a unit, or nothing.
void check_whole_units(const StoreOptions& options) {
  Store store(options);
  store.transact([&](Transaction& transaction) {
    const auto users = transaction.documents.list(Kind::user);
    BOOST_TEST(users.size() == transaction.documents.list(Kind::tenant).size());
    for (const Document& user : users) {
      BOOST_TEST(transaction.documents.find(Kind::tenant, user.id).has_value(), user.id);
      BOOST_TEST(transaction.documents.users_of(Kind::tenant, user.id).size() == 1U, user.id);
    }
  });
}

std::minstd_rand& random_numbers() {
  static std::minstd_rand random(std::random_device{}());
  return random;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(what_was_acknowledged_is_there_after_a_kill_at_any_moment, Database) {
  std::vector<std::string> kept;
  for (int round = 0; round != 20; ++round) {
    const auto more =
        kept_until_killed(options(), round, Writers::at_work, std::chrono::microseconds(random_numbers()() % 20'000));
    kept.insert(kept.end(), more.begin(), more.end());
    check_kept(options(), more);
  }
  check_kept(options(), kept);
  check_whole_units(options());
  if (!on_postgresql()) {
    behind(options(), [](Connection& connection) {
      BOOST_TEST(std::get<0>(query<std::string>(connection, "PRAGMA integrity_check").at(0)) == "ok");
    });
  }
}

BOOST_AUTO_TEST_CASE(a_kill_while_key_and_database_are_made_leaves_what_opens) {
  for (int round = 0; round != 25; ++round) {
    const Database database;
    check_kept(database.options(), kept_until_killed(database.options(), round, Writers::just_started,
                                                     std::chrono::microseconds(random_numbers()() % 15'000)));
    check_whole_units(database.options());
  }
}
