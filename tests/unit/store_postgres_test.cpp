// SPDX-License-Identifier: Apache-2.0
// What only PostgreSQL has: addresses, passwords, a server that goes away, units at the same time.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <thread>

#include "outbox_store.hpp"
#include "store/key_file.hpp"
#include "store/postgres_address.hpp"
#include "store/tables.hpp"
#include "store/utf8_text.hpp"
#include "tamper.hpp"

using namespace messenger::host;
using namespace messenger::test;

namespace {

const std::string first = "00000000-0000-0000-0000-000000000001";

std::string replaced(std::string text, const std::string& part, const std::string& by) {
  return text.replace(text.find(part), part.size(), by);
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_address_is_named_without_user_and_password) {
  for (const auto* const uri :
       {"postgresql://u:pass%40w@h.example:77/db", "postgres://h.example:77/db?user=u&password=pass%40w"}) {
    const PostgresAddress address(uri);
    BOOST_TEST(address.name() == "db on h.example:77");
    BOOST_TEST(contains(address.uri(), "connect_timeout="));
    BOOST_TEST(address.without_secrets("a pass@w b pass@w\nmore") == "a *** b ***");
  }
  BOOST_TEST(contains(PostgresAddress("postgresql://h/db?connect_timeout=9").uri(), "connect_timeout=%39"));
  BOOST_TEST(PostgresAddress("postgresql://").name() == "(default) on localhost:5432");
}

BOOST_AUTO_TEST_CASE(an_address_that_cannot_be_read_is_refused_and_nothing_of_it_quoted) {
  for (const auto* const uri :
       {"postgresql://u:canary/x@h/db", "postgresql://u:canary@x@h/db", "postgresql://u:canary%zz@h/db",
        "postgresql://h/db?canary=1", "postgresql://h/db?sslmode", "mysql://u:canary@h/db", "postgresql:canary"}) {
    const auto said = refusal([&] { Store store({uri, "key"}); });
    BOOST_TEST(!said.empty(), uri);
    BOOST_TEST(!contains(said, "canary"), said);
  }
}

BOOST_AUTO_TEST_CASE(text_that_is_no_utf_8_is_made_so) {
  for (const auto& good :
       {"", "plain", "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80 \xed\x9f\xbf \xee\x80\x80 \xf4\x8f\xbf\xbf"}) {
    BOOST_TEST(utf8_text(good) == good);
  }
  const std::string mark = "\xef\xbf\xbd";
  BOOST_TEST(utf8_text(std::string("a\0b", 3)) == "a" + mark + "b");
  BOOST_TEST(utf8_text("\xc3") == mark);
  BOOST_TEST(utf8_text("\xff\x80x") == mark + mark + "x");
  const std::string two = mark + mark;
  for (const auto& bad : {"\xc0\xaf", "\xc1\x80"}) {
    BOOST_TEST(utf8_text(bad) == two);
  }
  const std::string three = two + mark;
  for (const auto& bad : {"\xe0\x9f\xbf", "\xed\xa0\x80"}) {
    BOOST_TEST(utf8_text(bad) == three);
  }
  const std::string four = two + two;
  for (const auto& bad : {"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80"}) {
    BOOST_TEST(utf8_text(bad) == four);
  }
}

BOOST_FIXTURE_TEST_CASE(what_no_text_column_takes_is_kept_all_the_same, OpenStore) {
  const std::string odd("p\0\xff", 3);
  store.transact([&](Transaction& transaction) {
    const auto id = transaction.events.add(EventType::error, "bad \xff byte");
    BOOST_TEST(transaction.events.find(id)->message == "bad \xef\xbf\xbd byte");
    transaction.receipts.put({"m", odd}, "body");
    BOOST_TEST(transaction.receipts.find("m", odd)->body == "body");
  });
}

BOOST_FIXTURE_TEST_CASE(a_key_file_is_required, Database) {
  BOOST_TEST(contains(refusal([&] { Store store({location, {}}); }), "needs a key file"));
}

BOOST_FIXTURE_TEST_CASE(no_error_has_the_password, Database) {
  auto& server = PostgresServer::shared();
  const auto refused = [&](const std::string& uri) {
    auto said = refusal([&] { Store store({uri, key_file}); });
    BOOST_TEST(!said.empty());
    BOOST_TEST(!contains(said, "s3cret"), said);
    return said;
  };
  const auto& password = server.password();
  BOOST_TEST(contains(refused(replaced(location, password, password + "-wrong")), "password authentication failed"));
  BOOST_TEST(contains(refused(location + "absent"), "does not exist"));
  BOOST_TEST(contains(refused(replaced(location, "127.0.0.1", "host.invalid")), "host.invalid"));
  Store store(options());
  server.stop();
  const auto away = refusal([&] { store.transact([](Transaction&) {}); });
  server.start();
  BOOST_TEST(contains(away, "cannot be reached"), away);
  BOOST_TEST(!contains(away, "s3cret"), away);
}

BOOST_FIXTURE_TEST_CASE(a_server_that_was_away_is_used_again, OpenStore) {
  auto& server = PostgresServer::shared();
  for (const auto ending : {PostgresServer::Ending::fast, PostgresServer::Ending::immediate}) {
    put(Kind::user, {first, "before", {}, {}});
    server.restart(ending);
    // The connections that lay idle are known to be cut only by their next unit, which has not begun yet.
    put(Kind::user, {first, "after", {}, {}});
    BOOST_TEST(
        store.with([](Transaction& transaction) { return transaction.documents.find(Kind::user, first); })->body ==
        "after");
  }
}

BOOST_FIXTURE_TEST_CASE(a_unit_whose_server_goes_away_is_busy_undone_and_not_run_again, OpenStore) {
  int runs = 0;
  const auto unit = [&] {
    store.transact([&](Transaction& transaction) {
      ++runs;
      transaction.documents.put(Kind::user, {first, "half", {}, {}});
      PostgresServer::shared().restart();
      transaction.documents.put(Kind::tenant, {first, "half", {}, {}});
    });
  };
  BOOST_CHECK_THROW(unit(), StoreBusy);
  const auto swallowed = [&] {
    store.transact([&](Transaction& transaction) {
      ++runs;
      transaction.documents.put(Kind::user, {first, "half", {}, {}});
      PostgresServer::shared().restart();
    });
  };
  BOOST_CHECK_THROW(swallowed(), StoreBusy);
  BOOST_TEST(runs == 2);
  BOOST_TEST(!store.with([](Transaction& transaction) { return transaction.documents.find(Kind::user, first); }));
}

BOOST_FIXTURE_TEST_CASE(a_unit_in_which_a_statement_failed_is_not_committed, OpenStore) {
  tamper(options(), "DROP TABLE event");
  const auto unit = [&] {
    store.transact([&](Transaction& transaction) {
      transaction.documents.put(Kind::user, {first, "b", {}, {}});
      BOOST_CHECK_THROW(transaction.events.add(EventType::error, "m"), StoreError);
    });
  };
  BOOST_CHECK_THROW(unit(), StoreError);
  BOOST_TEST(!store.with([](Transaction& transaction) { return transaction.documents.find(Kind::user, first); }));
}

BOOST_FIXTURE_TEST_CASE(units_of_rows_happen_at_the_same_time_and_units_alone_do_not, OpenStore) {
  Store other(options());
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  const auto enter = [&](Transaction&) {
    most = std::max<int>(most, ++inside);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    --inside;
  };
  for (const auto sharing : {Sharing::alone, Sharing::rows}) {
    most = 0;
    std::vector<std::thread> threads;
    for (Store* const host : {&store, &other, &store, &other}) {
      threads.emplace_back([&, host] { host->transact(enter, sharing); });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    BOOST_TEST((sharing == Sharing::alone ? most == 1 : most > 1), most);
  }
}

BOOST_FIXTURE_TEST_CASE(who_waits_too_long_for_another_host_is_told_that_it_is_busy, OpenStore) {
  Store other(options());
  store.transact([&](Transaction&) { BOOST_CHECK_THROW(other.transact([](Transaction&) {}), StoreBusy); });
  other.transact([](Transaction&) {});
}

BOOST_FIXTURE_TEST_CASE(a_deadlock_is_busy_for_one_and_nothing_for_the_other, OutboxStore) {
  add(message("1"));
  add(message("2"));
  std::atomic<int> ready = 0;
  std::atomic<int> busy = 0;
  const auto cross = [&](const char* near, const char* far) {
    try {
      store.transact(
          [&](Transaction& transaction) {
            transaction.outbox.cancel(near, 1, "r");
            ++ready;
            while (ready < 2) {
              std::this_thread::yield();
            }
            transaction.outbox.cancel(far, 1, "r");
          },
          Sharing::rows);
    } catch (const StoreBusy&) {
      ++busy;
    }
  };
  std::thread one(cross, "1", "2");
  cross("2", "1");
  one.join();
  BOOST_TEST(busy == 1);
  BOOST_TEST(stage("1") == "cancelled");
  BOOST_TEST(stage("2") == "cancelled");
}

BOOST_FIXTURE_TEST_CASE(a_commit_is_on_the_disk_whatever_the_server_is_told, Database) {
  tamper(options(), "ALTER ROLE tester SET synchronous_commit = off");
  tamper(options(), "ALTER ROLE tester SET default_transaction_isolation = 'serializable'");
  behind(options(), [](Connection& connection) {
    const auto shown = [&](const char* name) {
      return std::get<0>(query<std::string>(connection, std::string("SHOW ") + name).at(0));
    };
    BOOST_TEST(shown("synchronous_commit") == "on");
    BOOST_TEST(shown("transaction_isolation") == "read committed");
  });
  tamper(options(), "ALTER ROLE tester RESET ALL");
}

BOOST_FIXTURE_TEST_CASE(what_the_server_lacks_is_told_apart, OutboxStore) {
  tamper(options(),
         "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
         " 'BEGIN RAISE EXCEPTION USING ERRCODE = NEW.reason, MESSAGE = NEW.reason; END'");
  add(message("1"));
  tamper(options(), "CREATE TRIGGER refuse BEFORE UPDATE ON message FOR EACH ROW EXECUTE FUNCTION refuse()");
  const auto refused = [&](const char* state) {
    auto refused_update = update("1", 0, MessageStage::failed);
    refused_update.change.reason = state;
    advance(refused_update, {MessageStage::queued});
  };
  BOOST_CHECK_THROW(refused("53100"), StoreFull);
  for (const auto* const state : {"40001", "40P01", "53200", "53300", "55P03", "57014", "57P01"}) {
    BOOST_CHECK_THROW(refused(state), StoreBusy);
  }
  for (const auto* const state : {"23505", "42501", "XX000"}) {
    const auto said = refusal([&] { refused(state); });
    BOOST_TEST(contains(said, state), said);
    BOOST_CHECK_THROW(refused(state), StoreError);
  }
  BOOST_TEST(stage("1") == "queued");
}

BOOST_FIXTURE_TEST_CASE(a_host_that_hangs_within_a_unit_holds_up_the_others_for_seconds_only, OpenStore) {
  Store other(options());
  std::atomic<bool> inside = false;
  std::thread hanging([&] {
    const auto unit = [&] {
      store.transact([&](Transaction& transaction) {
        transaction.documents.put(Kind::user, {first, "half", {}, {}});
        inside = true;
        while (inside) {
          std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        transaction.documents.put(Kind::tenant, {first, "half", {}, {}});
      });
    };
    BOOST_CHECK_THROW(unit(), StoreBusy);
  });
  while (!inside) {
    std::this_thread::yield();
  }
  for (bool done = false; !done;) {
    try {
      other.transact([&](Transaction& transaction) { BOOST_TEST(!transaction.documents.find(Kind::user, first)); });
      done = true;
    } catch (const StoreBusy&) {
    }
  }
  inside = false;
  hanging.join();
  BOOST_TEST(!other.with([](Transaction& transaction) { return transaction.documents.find(Kind::user, first); }));
}

BOOST_FIXTURE_TEST_CASE(what_is_due_is_found_in_few_rows_however_many_wait_and_whatever_the_statistics_say,
                        OutboxStore) {
  const auto add_many = [&](const std::string& prefix, int count) {
    store.transact([&](Transaction& transaction) {
      for (int number = 0; number != count; ++number) {
        transaction.outbox.add(
            message(prefix + std::to_string(number), "messenger/" + std::string(1, "mnop"[number % 4])));
      }
    });
  };
  add_many("old", 400);
  outbox([](Outbox& all) { return all.expire(1'000, 1'000); });
  tamper(options(), "ANALYZE message");  // nothing is queued
  add_many("new", 2'000);
  const std::string changes = "INSERT INTO stage_change (stage, instant, messages) SELECT 'sent', number, 1 FROM";
  tamper(options(), changes + " generate_series(1, 500) AS number");
  tamper(options(), "ANALYZE stage_change");
  tamper(options(), changes + " generate_series(501, 5000) AS number");
  behind(options(), [&](Connection& connection) {
    const Sealing sealing(load_key(key_file, false));
    SqlOutbox all(connection, sealing);
    std::int64_t before = 0;
    const auto read_few = [&](const char* what) {
      const auto rows =
          query<std::int64_t>(connection,
                              "SELECT CAST(COALESCE(seq_tup_read, 0) + COALESCE(idx_tup_fetch, 0) AS BIGINT)"
                              " FROM pg_stat_xact_user_tables WHERE relname IN ('message', 'stage_change')");
      const std::int64_t read = std::get<0>(rows.at(0)) + std::get<0>(rows.at(1));
      BOOST_TEST(read - before < 20, what << " read " << read - before);
      before = read;
    };
    BOOST_TEST(all.lanes().size() == 4U);
    read_few("lanes");
    BOOST_TEST(before > 0);
    BOOST_TEST(all.times().expiry == 1'000);
    read_few("times");
    BOOST_TEST(all.expire(999, 100).empty());
    read_few("expire");
    BOOST_TEST(all.end_leases(999, 100).empty());
    read_few("end_leases");
    BOOST_TEST(all.take_looks(999, 100, 9'999).empty());
    read_few("take_looks");
    BOOST_TEST(all.lease(lane, 5, 100, {"h", 500}).size() == 5U);
    read_few("lease");
    all.release("h", 200);
    read_few("release");
    BOOST_TEST(all.sweep(200, 5) == 0U);
    read_few("sweep");
    BOOST_TEST(all.sweep_changes(86'400'000 + 4'000, 5) == 5U);
    read_few("sweep_changes");
  });
}
