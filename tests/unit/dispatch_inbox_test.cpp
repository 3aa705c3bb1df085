// SPDX-License-Identifier: Apache-2.0
// What wakes the dispatcher's thread, and what may wait for more of the same.
#include "delivery/dispatch_inbox.hpp"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <thread>

using namespace messenger::host;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

using Write = std::function<void(DispatchMail&)>;

constexpr auto a_moment = 200us;     // less than what may wait is waited for
constexpr auto far_too_long = 30s;   // on the slowest machine
constexpr std::size_t many = 1'000;  // endings

Ending ending(int number) {
  Ending ending;
  ending.attempt = std::make_shared<LeasedAttempt>();
  ending.attempt->attempt = number;
  return ending;
}

Write endings(int count) {
  return [count](DispatchMail& mail) {
    for (int i = 0; i < count; ++i) {
      mail.endings.push_back(ending(i));
    }
  };
}

void accept(DispatchMail& mail) {
  mail.accepted = true;
}

const std::vector<std::pair<std::string, Write>> what_may_not_wait{
    {"urgent", [](DispatchMail& mail) { mail.is_urgent = true; }},
    {"look", [](DispatchMail& mail) { mail.look = true; }},
    {"stop", [](DispatchMail& mail) { mail.stop = true; }},
    {"end", [](DispatchMail& mail) { mail.end = true; }},
    {"stopped", [](DispatchMail& mail) { mail.stopped.emplace_back(); }},
    {"cancelled", [](DispatchMail& mail) { mail.cancelled.emplace_back("1"); }},
    {"changed", [](DispatchMail& mail) { mail.changed.emplace_back("m"); }},
    {"waiters", [](DispatchMail& mail) { mail.waiters.emplace_back("1", Waiters::Waiter{}); }},
    {"options", [](DispatchMail& mail) { mail.options.emplace(); }},
};

/// From before this is put until it has been gathered.
steady_clock::duration time_to_gather(const Write& write, std::size_t enough) {
  DispatchInbox inbox;
  const auto begin = steady_clock::now();
  inbox.put(write);
  inbox.gather(begin + 10ms, enough);
  return steady_clock::now() - begin;
}

/// Once in a thousand times is enough: the machine may have other things to do.
bool is_gathered_at_once(const Write& write, std::size_t enough = many) {
  for (int i = 0; i < 1'000; ++i) {
    if (time_to_gather(write, enough) < a_moment) {
      return true;
    }
  }
  return false;
}

bool is_never_gathered_at_once(const Write& write, std::size_t enough = many) {
  for (int i = 0; i < 20; ++i) {
    if (time_to_gather(write, enough) < a_moment) {
      return false;
    }
  }
  return true;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_may_not_wait_ends_gathering_at_once) {
  for (const auto& [name, write] : what_may_not_wait) {
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST(is_gathered_at_once(write));
      BOOST_TEST(is_gathered_at_once([&written = write](DispatchMail& mail) {
        accept(mail);
        endings(2)(mail);
        written(mail);
      }));
    }
  }
}

BOOST_AUTO_TEST_CASE(enough_endings_end_gathering_at_once) {
  BOOST_TEST(is_gathered_at_once(endings(1), 1));
  BOOST_TEST(is_gathered_at_once(endings(3), 3));
  BOOST_TEST(is_gathered_at_once(endings(4), 3));
}

BOOST_AUTO_TEST_CASE(for_accepted_messages_and_few_endings_more_is_waited_for) {
  BOOST_TEST(is_never_gathered_at_once(accept));
  BOOST_TEST(is_never_gathered_at_once(endings(2), 3));
  BOOST_TEST(is_never_gathered_at_once(
      [](DispatchMail& mail) {
        accept(mail);
        endings(2)(mail);
      },
      3));
}

BOOST_AUTO_TEST_CASE(gathering_ends_when_there_is_enough_in_the_middle_of_it) {
  std::vector<std::pair<std::string, Write>> all = what_may_not_wait;
  all.emplace_back("endings", endings(3));
  for (const auto& [name, write] : all) {
    BOOST_TEST_CONTEXT(name) {
      DispatchInbox inbox;
      std::thread other([&inbox, &write = write] {
        std::this_thread::sleep_for(5ms);
        inbox.put(write);
      });
      const auto begin = steady_clock::now();
      inbox.gather(begin + 2 * far_too_long, 3);
      static_cast<void>(inbox.take(2 * far_too_long));
      BOOST_TEST((steady_clock::now() - begin < far_too_long));
      other.join();
    }
  }
}

BOOST_AUTO_TEST_CASE(what_comes_while_it_gathers_is_taken_once_and_in_order) {
  constexpr int count = 2'000;
  DispatchInbox inbox;
  std::thread other([&inbox] {
    for (int i = 0; i < count; ++i) {
      inbox.put([i](DispatchMail& mail) { mail.endings.push_back(ending(i)); });
      if (i % 100 == 0) {
        inbox.put([i](DispatchMail& mail) { mail.cancelled.push_back(std::to_string(i)); });
        std::this_thread::yield();
      }
    }
  });
  std::vector<std::int64_t> taken;
  std::vector<std::string> cancelled;
  const auto until = steady_clock::now() + far_too_long;
  while (taken.size() < count && steady_clock::now() < until) {
    inbox.gather(steady_clock::now() + 2ms, 50);
    const DispatchMail mail = inbox.take(10ms);
    for (const Ending& each : mail.endings) {
      taken.push_back(each.attempt->attempt);
    }
    cancelled.insert(cancelled.end(), mail.cancelled.begin(), mail.cancelled.end());
  }
  other.join();
  BOOST_TEST_REQUIRE(taken.size() == static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    BOOST_TEST_REQUIRE(taken[static_cast<std::size_t>(i)] == i);
  }
  const DispatchMail rest = inbox.take(0ms);
  BOOST_TEST(rest.endings.empty());
  BOOST_TEST(cancelled.size() + rest.cancelled.size() == count / 100U);
}

BOOST_AUTO_TEST_CASE(no_wake_up_is_lost_between_gathering_and_taking) {
  constexpr int count = 2'000;
  DispatchInbox inbox;
  std::atomic<int> taken = 0;
  std::atomic<bool> over = false;
  std::thread other([&] {
    for (int i = 0; i < count && !over; ++i) {
      for (const auto begin = steady_clock::now(); steady_clock::now() < begin + std::chrono::microseconds(i % 150);) {
      }
      inbox.put(i % 2 == 0 ? Write(accept) : endings(1));
      while (taken <= i && !over) {
        std::this_thread::yield();
      }
    }
  });
  for (int i = 0; i < count && !over; ++i) {
    inbox.gather(steady_clock::now() + 100us, 2);
    const DispatchMail mail = inbox.take(far_too_long);
    const bool is_due = i % 2 == 0 ? mail.accepted && mail.endings.empty() : mail.endings.size() == 1;
    BOOST_TEST(is_due);
    over = !is_due;
    ++taken;
  }
  other.join();
  BOOST_TEST(taken == count);
}

BOOST_AUTO_TEST_CASE(nothing_is_put_into_an_inbox_that_is_closed) {
  DispatchInbox inbox;
  BOOST_TEST(inbox.put(accept));
  BOOST_TEST(inbox.close().accepted);
  BOOST_TEST(!inbox.put(accept));
  BOOST_TEST(!inbox.take(0ms).accepted);
}
