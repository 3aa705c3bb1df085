// SPDX-License-Identifier: Apache-2.0
// The outbox of several hosts at once: each has a store of its own on one database.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <map>
#include <mutex>
#include <thread>

#include "outbox_store.hpp"

using namespace messenger::host;
using namespace messenger::test;

using Stage = MessageStage;

namespace {

constexpr int threads = 4;

// Two hosts; each thread uses one of them.
struct TwoHosts : OutboxStore {
  Store second{options()};

  template <class Work>
  void together(Work work) {
    std::vector<std::thread> running;
    for (int number = 0; number != threads; ++number) {
      running.emplace_back([&, number] {
        OutboxOf host{number % 2 == 0 ? store : second};
        try {
          work(host, number);
        } catch (const std::exception& error) {
          const std::lock_guard lock(mutex);
          problems.append(error.what()) += '\n';
        }
      });
    }
    for (std::thread& thread : running) {
      thread.join();
    }
    BOOST_TEST(problems == "");
  }
  void add_many(int count) {
    store.transact(
        [&](Transaction& transaction) {
          for (int number = 0; number != count; ++number) {
            transaction.outbox.add(message(std::to_string(number)));
          }
        },
        Sharing::rows);
  }

  std::mutex mutex;
  std::string problems;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(no_message_is_leased_twice, TwoHosts) {
  constexpr int count = 600;
  add_many(count);
  std::map<std::string, int> leases;
  together([&](OutboxOf& host, int number) {
    for (int round = 0;; ++round) {
      const auto holder = std::to_string(number) + "-" + std::to_string(round);
      const auto leased = host.lease(100, {holder, 500}, 7);
      if (leased.empty()) {
        return;
      }
      const std::lock_guard lock(mutex);  // for Boost.Test, too
      BOOST_TEST(leased.size() <= 7U);
      for (const OutboxMessage& each : leased) {
        ++leases[each.id];
      }
    }
  });
  BOOST_TEST(leases.size() == static_cast<std::size_t>(count));
  for (const auto& [id, times] : leases) {
    BOOST_TEST(times == 1, id);
    BOOST_TEST(history(id) == "queued 0 Accepted.\nleased 1 An attempt begins.\n");
  }
}

BOOST_FIXTURE_TEST_CASE(of_a_late_answer_and_the_lease_end_neither_is_lost, TwoHosts) {
  constexpr int count = 100;
  add_many(count);
  lease(100);
  std::atomic<int> recorded = 0;
  std::atomic<int> ended = 0;
  together([&](OutboxOf& host, int number) {
    if (number < 2) {
      for (int id = number; id < count; id += 2) {
        recorded += host.record(update(std::to_string(id), 1, Stage::sent)) ? 1 : 0;
      }
    } else {
      for (int round = 0; round != 20; ++round) {
        ended += static_cast<int>(host.outbox([](Outbox& all) { return all.end_leases(500, 10); }).size());
      }
    }
  });
  BOOST_TEST(recorded == count);
  int doubted = 0;
  for (int id = 0; id != count; ++id) {
    BOOST_TEST(stage(std::to_string(id)) == "sent");
    doubted += contains(history(std::to_string(id)), "unknown 1") ? 1 : 0;
  }
  BOOST_TEST(doubted == ended);
}

BOOST_FIXTURE_TEST_CASE(one_key_that_comes_everywhere_at_once_is_one_message, TwoHosts) {
  std::map<std::string, int> accepted;
  std::map<std::string, std::string> kept;
  together([&](OutboxOf& host, int number) {
    for (int key = 0; key != 40; ++key) {
      auto wanted = message(std::to_string(number) + "-" + std::to_string(key));
      wanted.idempotency_key = std::to_string(key);
      const auto added = host.add(wanted);
      const std::lock_guard lock(mutex);
      BOOST_TEST(added.is_same_request);
      accepted[wanted.idempotency_key] += added.is_new ? 1 : 0;
      BOOST_TEST(kept.emplace(wanted.idempotency_key, added.id).first->second == added.id);
    }
  });
  BOOST_TEST(accepted.size() == 40U);
  for (const auto& [key, times] : accepted) {
    BOOST_TEST(times == 1, key);
  }
  BOOST_TEST(outbox([](Outbox& all) { return all.search({}); }).total == 40);
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_message_is_not_leased_and_a_leased_one_is_marked, TwoHosts) {
  constexpr int count = 200;
  add_many(count);
  std::map<std::string, std::string> answers;
  std::map<std::string, int> leased;
  together([&](OutboxOf& host, int number) {
    if (number < 2) {
      for (int id = number; id < count; id += 2) {
        const auto answer = host.cancel(std::to_string(id));
        const std::lock_guard lock(mutex);
        answers[std::to_string(id)] = answer;
      }
      return;
    }
    for (int round = 0; round != 40; ++round) {
      for (const OutboxMessage& each :
           host.lease(100, {std::to_string(number) + "-" + std::to_string(round), 500}, 3)) {
        const std::lock_guard lock(mutex);
        ++leased[each.id];
      }
    }
  });
  for (const auto& [id, answer] : answers) {
    BOOST_TEST(leased.count(id) == (answer == "leased" ? 1U : 0U), id);
    BOOST_TEST(stage(id) == answer, id);
    BOOST_TEST(find(id).cancel_requested == (answer == "leased"), id);
  }
}

BOOST_FIXTURE_TEST_CASE(a_receipt_and_the_record_of_its_send_see_each_other, TwoHosts) {
  // As the host does both: each takes the lock, reads what the other may have left, and adds its own.
  const auto append = [](Store& host, const std::string& provider_id, const std::string& part) {
    host.transact(
        [&](Transaction& transaction) {
          const ProviderKey key{"m", provider_id};
          transaction.receipts.lock({&key, 1});
          const auto found = transaction.receipts.find("m", provider_id);
          transaction.receipts.put(key, (found ? found->body : "") + part);
        },
        Sharing::rows);
  };
  together([&](OutboxOf& host, int number) {
    for (int id = 0; id != 50; ++id) {
      append(host.store, std::to_string(id), std::to_string(number));
    }
  });
  store.transact([](Transaction& transaction) {
    for (int id = 0; id != 50; ++id) {
      BOOST_TEST(transaction.receipts.find("m", std::to_string(id))->body.size() == std::size_t{threads}, id);
    }
  });
}

BOOST_FIXTURE_TEST_CASE(looks_expiries_and_sweeps_of_several_hosts_are_of_each_message_once, TwoHosts) {
  constexpr int count = 120;
  add_many(count);
  lease(100, {"h", 500}, count / 2);
  std::atomic<int> looks = 0;
  std::atomic<int> expired = 0;
  outbox([](Outbox& all) { return all.end_leases(500, 1'000); });
  together([&](OutboxOf& host, int) {
    for (int round = 0; round != 30; ++round) {
      looks += static_cast<int>(host.outbox([](Outbox& all) { return all.take_looks(500, 5, 900); }).size());
      expired += static_cast<int>(host.outbox([](Outbox& all) { return all.expire(1'000, 5); }).size());
    }
  });
  BOOST_TEST(looks == count / 2);
  BOOST_TEST(expired == count / 2);
  std::atomic<int> swept = 0;
  together([&](OutboxOf& host, int) {
    for (int round = 0; round != 30; ++round) {
      swept += static_cast<int>(host.outbox([](Outbox& all) { return all.sweep(2'000, 5); }));
    }
  });
  BOOST_TEST(swept == count);
}
