// SPDX-License-Identifier: Apache-2.0
// What many callers bring at once is kept by few commits, and each hears of its own.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "database.hpp"
#include "delivery/messages.hpp"

using namespace messenger::host;
using namespace messenger::test;

namespace {

constexpr const char* messenger_id = "a0000000-0000-0000-0000-000000000001";
constexpr const char* broken_type = "c0000000-0000-0000-0000-000000000003";

Submission submission(const std::string& to) {
  Submission submission;
  submission.messenger_id = messenger_id;
  submission.message.to = to;
  submission.message.body = "Hello.";
  return submission;
}

struct Site : OpenStore {
  Site() { put(Kind::messenger, {messenger_id, R"({"name":"m","type":"Generic"})", {"m"}, {}}); }

  // While it runs, the first to come waits for the store, and the others for the first. Afterwards all have answers.
  template <class Work>
  void while_the_store_is_held(Work work) {
    std::promise<void> held, free;
    std::thread holder([&] {
      store.transact([&](Transaction&) {
        held.set_value();
        free.get_future().wait();
      });
    });
    held.get_future().wait();
    messages.accept({submission("+15551230000")}, next());
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // it waits for the store by now
    work();
    BOOST_TEST(answers.empty());
    free.set_value();
    holder.join();
    messages.stop();
  }

  Messages::Done next() {
    return [this](std::vector<Accepted> accepted, const std::exception_ptr& error) {
      answers.push_back(std::move(accepted));  // on one thread
      errors += error ? 1 : 0;
    };
  }
  std::int64_t kept() {
    return store.read([](Transaction& transaction) { return transaction.outbox.search({}).total; });
  }

  const Log log;
  std::atomic<int> woken{0};
  Messages messages{store, log, [this](Priority) { ++woken; }, {}};
  std::vector<std::vector<Accepted>> answers;
  int errors = 0;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(who_comes_while_one_commits_is_part_of_the_next_commit, Site) {
  while_the_store_is_held([&] {
    for (int i = 1; i < 10; ++i) {
      messages.accept({submission("+1555123000" + std::to_string(i)), submission(i == 5 ? "" : "+15551239999")},
                      next());
    }
  });
  BOOST_TEST(woken == 2);
  BOOST_TEST(errors == 0);
  BOOST_TEST_REQUIRE(answers.size() == 10U);
  BOOST_TEST(answers[5].at(1).issues.at(0).pointer == "/to");
  BOOST_TEST(messages.accepted() == 18U);
  BOOST_TEST(kept() == 18);
}

BOOST_FIXTURE_TEST_CASE(what_one_is_to_blame_for_is_not_the_others_affair, Site) {
  put(Kind::message_type, {broken_type, "no JSON", {"t"}, {}});
  while_the_store_is_held([&] {
    auto broken = submission("+15551230001");
    broken.messenger_id.clear();
    broken.message_type_id = broken_type;
    messages.accept({broken}, next());
    messages.accept({submission("+15551230002")}, next());
  });
  BOOST_TEST(errors == 1);
  BOOST_TEST_REQUIRE(answers.size() == 3U);
  BOOST_TEST(answers[1].empty());
  BOOST_TEST(messages.accepted() == 2U);
  BOOST_TEST(kept() == 2);
}

BOOST_FIXTURE_TEST_CASE(many_threads_bring_each_message_once, Site) {
  std::vector<std::thread> threads;
  std::atomic<int> accepted{0};
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 50; ++i) {
        auto one = submission("+15551230001");
        one.idempotency_key = std::to_string(thread / 2) + "-" + std::to_string(i);  // of two threads the same
        accepted += messages.accept({one}).at(0).is_new ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(accepted == 200);
  BOOST_TEST(kept() == 200);
}

BOOST_FIXTURE_TEST_CASE(what_follows_may_throw_and_the_next_one_is_kept, Site) {
  messages.accept({submission("+15551230001")},
                  [](auto, const auto&) { throw std::runtime_error("thrown by the test"); });
  BOOST_TEST(messages.accept({submission("+15551230002")}).at(0).is_new);
  BOOST_TEST(kept() == 2);
}

BOOST_FIXTURE_TEST_CASE(nothing_is_taken_in_once_it_is_to_stop, Site) {
  messages.accept({submission("+15551230001")}, next());
  messages.stop();
  BOOST_TEST(answers.size() == 1U);
  BOOST_CHECK_THROW(messages.accept({submission("+15551230002")}), StoreBusy);
  BOOST_TEST(kept() == 1);
}
