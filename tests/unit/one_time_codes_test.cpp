// SPDX-License-Identifier: Apache-2.0
// Starting and completing a two-factor login.
#include <atomic>
#include <set>
#include <thread>

#include "one_time_codes_support.hpp"

using namespace messenger::test;
using messenger::host::Kind;

BOOST_TEST_DONT_PRINT_LOG_VALUE(messenger::host::TwoFactorLogin::Status)
BOOST_TEST_DONT_PRINT_LOG_VALUE(messenger::host::TwoFactorSent::Status)

namespace {

// Calls from several threads at once; gives how many of the logins ended how.
std::map<Codes::Login, int> log_in_at_once(messenger::host::OneTimeCodes& codes, const std::string& id,
                                           const std::vector<std::string>& tries) {
  std::vector<std::thread> threads;
  std::atomic<int> ok{0}, wrong{0}, gone{0};
  std::atomic<std::size_t> waiting{tries.size()};
  for (const std::string& code : tries) {
    threads.emplace_back([&, code] {
      --waiting;
      while (waiting != 0) {
        std::this_thread::yield();
      }
      const auto status = codes.login(id, code).status;
      ++(status == Codes::Login::ok ? ok : status == Codes::Login::gone ? gone : wrong);
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  return {{Codes::Login::ok, ok}, {Codes::Login::wrong_code, wrong}, {Codes::Login::gone, gone}};
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_login_starts_by_user_id_or_login_id_and_the_user_id_wins, Codes) {
  BOOST_TEST(codes->start({user, {}, {}, {}}).has_value());
  BOOST_TEST(codes->start({{}, "ADA", {}, {}}).has_value());
  BOOST_TEST(codes->start({user, "nobody", {}, {}}).has_value());
  BOOST_TEST(!codes->start({messenger, "ada", {}, {}}));
  BOOST_TEST(!codes->start({{}, "nobody", {}, {}}));
  const auto started = start();
  BOOST_TEST(started.two_factor_id.size() == 43U);
  BOOST_TEST(started.code.size() == 6U);
  BOOST_TEST(started.methods.size() == 2U);
}

BOOST_FIXTURE_TEST_CASE(the_code_logs_in_once_with_the_user_and_the_state, Codes) {
  const auto started = codes->start({user, {}, {}, json::parse(R"({"to":"/home"})").as_object()});
  const auto login_made = codes->login(started->two_factor_id, started->code);
  BOOST_TEST((login_made.status == Login::ok));
  BOOST_TEST(login_made.user->id == user);
  BOOST_TEST(json::serialize(*login_made.state) == R"({"to":"/home"})");
  BOOST_TEST((login(started->two_factor_id, started->code) == Login::gone));
}

BOOST_FIXTURE_TEST_CASE(a_callers_own_code_is_good, Codes) {
  const auto started = start("mine");
  BOOST_TEST(started.code == "mine");
  BOOST_TEST((login(started.two_factor_id, "Mine") == Login::wrong_code));
  BOOST_TEST((login(started.two_factor_id, "mine") == Login::ok));
}

BOOST_FIXTURE_TEST_CASE(a_code_is_good_for_its_own_login_only, Codes) {
  const auto one = start("code-1"), two = start("code-2");
  BOOST_TEST((login(one.two_factor_id, "code-2") == Login::wrong_code));
  BOOST_TEST((login("x", "code-1") == Login::gone));
  BOOST_TEST((login("", "") == Login::gone));
  BOOST_TEST((login(two.two_factor_id, "code-2") == Login::ok));
}

BOOST_FIXTURE_TEST_CASE(equal_codes_are_kept_as_different_digests, Codes) {
  const auto one = start("same"), two = start("same");
  store->transact([&](messenger::host::Transaction& transaction) {
    const auto digest = [&](const std::string& id) { return transaction.challenges.find(id)->code_digest; };
    BOOST_TEST(digest(one.two_factor_id).size() == 64U);
    BOOST_TEST(digest(one.two_factor_id) != digest(two.two_factor_id));
  });
}

BOOST_FIXTURE_TEST_CASE(after_too_many_wrong_codes_the_right_one_is_too_late, Codes) {
  const auto started = start();
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST((login(started.two_factor_id, other_than(started.code)) == Login::wrong_code));
  }
  BOOST_TEST((login(started.two_factor_id, started.code) == Login::gone));
  BOOST_TEST((send(started.two_factor_id) == Sent::gone));
  BOOST_TEST(handed.empty());
}

BOOST_FIXTURE_TEST_CASE(starting_again_gives_no_more_guesses, Codes) {
  const auto before = start("code-0");
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST((login(start().two_factor_id, "wrong") == Login::wrong_code));
  }
  const auto after = start("code-1");
  BOOST_TEST((login(before.two_factor_id, "wrong") == Login::gone));
  BOOST_TEST((login(after.two_factor_id, "code-1") == Login::gone));
  BOOST_TEST((send(after.two_factor_id) == Sent::too_many));
  BOOST_TEST(handed.empty());
  put(Kind::user, messenger, R"({"username":"eve"})", "eve");
  const auto another = codes->start({messenger, {}, "code-2", {}});
  BOOST_TEST((login(another->two_factor_id, "code-2") == Login::ok));
}

BOOST_FIXTURE_TEST_CASE(whoever_guessed_keeps_the_user_out_for_a_time_and_ends_no_login, Codes) {
  const std::string guessed = start().two_factor_id;
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST((login(guessed, "wrong") == Login::wrong_code));
  }
  advance_seconds(250);
  const auto started = start("code-1");
  for (int i = 0; i < 6; ++i) {
    BOOST_TEST((login(started.two_factor_id, "code-1") == Login::gone));
  }
  advance_seconds(50);
  BOOST_TEST((login(started.two_factor_id, "code-1") == Login::ok));
}

BOOST_FIXTURE_TEST_CASE(challenges_that_are_about_to_end_give_no_more_guesses, Codes) {
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) {
    ids.push_back(start().two_factor_id);
    advance_seconds(1);
  }
  advance_seconds(296);
  int looked_at = 0;
  for (const std::string& id : ids) {
    for (int i = 0; i < 5; ++i) {
      looked_at += login(id, "wrong") == Login::wrong_code ? 1 : 0;
    }
    advance_seconds(1);
  }
  BOOST_TEST(looked_at == 5);
}

BOOST_FIXTURE_TEST_CASE(a_login_forgives_the_wrong_codes_before_it, Codes) {
  for (int round = 0; round < 3; ++round) {
    const auto started = start();
    for (int i = 0; i < 4; ++i) {
      BOOST_TEST((login(started.two_factor_id, other_than(started.code)) == Login::wrong_code));
    }
    BOOST_TEST((login(started.two_factor_id, started.code) == Login::ok));
  }
}

BOOST_FIXTURE_TEST_CASE(the_last_try_may_be_the_right_one_and_a_resend_gives_no_more, Codes) {
  configure(R"({"failedAuthenticationConfiguration":{"tooManyAttempts":3}})");
  const auto started = start();
  BOOST_TEST((login(started.two_factor_id, other_than(started.code)) == Login::wrong_code));
  BOOST_TEST((send(started.two_factor_id) == Sent::sent));
  BOOST_TEST((login(started.two_factor_id, other_than(handed.back().code())) == Login::wrong_code));
  BOOST_TEST((login(started.two_factor_id, handed.back().code()) == Login::ok));

  const auto next = start();
  for (int i = 0; i < 3; ++i) {
    send(next.two_factor_id);
    BOOST_TEST((login(next.two_factor_id, other_than(handed.back().code())) == Login::wrong_code));
  }
  BOOST_TEST((login(next.two_factor_id, handed.back().code()) == Login::gone));
}

BOOST_FIXTURE_TEST_CASE(an_expired_code_is_wrong_while_the_login_lives_and_another_can_be_sent, Codes) {
  const auto started = start();
  advance_seconds(59);
  BOOST_TEST((login(started.two_factor_id, other_than(started.code)) == Login::wrong_code));
  advance_seconds(1);
  BOOST_TEST((login(started.two_factor_id, started.code) == Login::wrong_code));
  BOOST_TEST((send(started.two_factor_id) == Sent::sent));
  advance_seconds(59);
  BOOST_TEST((login(started.two_factor_id, handed.back().code()) == Login::ok));
}

BOOST_FIXTURE_TEST_CASE(an_expired_login_is_gone_and_so_is_its_last_code, Codes) {
  const auto started = start();
  advance_seconds(290);
  BOOST_TEST((send(started.two_factor_id) == Sent::sent));
  BOOST_TEST(handed.back().submission.expires <= now + 10'000);
  advance_seconds(10);
  BOOST_TEST((login(started.two_factor_id, handed.back().code()) == Login::gone));
  BOOST_TEST((send(started.two_factor_id) == Sent::gone));
}

BOOST_FIXTURE_TEST_CASE(lifetimes_and_the_code_are_the_tenants, Codes) {
  configure(R"({"externalIdentifierConfiguration":{"twoFactorIdTimeToLiveInSeconds":20,
      "twoFactorOneTimeCodeIdTimeToLiveInSeconds":10,
      "twoFactorOneTimeCodeIdGenerator":{"length":9,"type":"randomAlpha"}}})");
  const auto started = start();
  BOOST_TEST(started.code.size() == 9U);
  BOOST_TEST(started.code.find_first_of("0123456789") == std::string::npos);
  advance_seconds(9);
  BOOST_TEST((login(started.two_factor_id, "x") == Login::wrong_code));
  advance_seconds(1);
  BOOST_TEST((login(started.two_factor_id, started.code) == Login::wrong_code));
  advance_seconds(10);
  BOOST_TEST((login(started.two_factor_id, started.code) == Login::gone));
}

BOOST_FIXTURE_TEST_CASE(a_user_who_is_not_active_or_not_there_any_more_cannot_log_in, Codes) {
  const auto started = start(), other = start();
  put(Kind::user, user, R"({"username":"ada","active":false})", "ada");
  BOOST_TEST(!codes->start({user, {}, {}, {}}));
  BOOST_TEST((send(started.two_factor_id) == Sent::gone));
  BOOST_TEST((login(started.two_factor_id, started.code) == Login::gone));
  store->transact([&](messenger::host::Transaction& transaction) { transaction.documents.erase(Kind::user, user); });
  BOOST_TEST((login(other.two_factor_id, other.code) == Login::gone));
  BOOST_TEST((send(other.two_factor_id) == Sent::gone));
}

BOOST_FIXTURE_TEST_CASE(of_parallel_logins_with_the_right_code_one_wins, Codes) {
  for (int round = 0; round < 20; ++round) {
    const auto started = start();
    const auto ends = log_in_at_once(*codes, started.two_factor_id, std::vector(5, started.code));
    BOOST_TEST(ends.at(Login::ok) == 1);
    BOOST_TEST(ends.at(Login::gone) == 4);
  }
}

BOOST_FIXTURE_TEST_CASE(parallel_guesses_get_no_more_tries_than_the_limit, Codes) {
  for (int round = 0; round < 10; ++round) {
    const auto started = start();
    const auto ends = log_in_at_once(*codes, started.two_factor_id, std::vector(16, other_than(started.code)));
    BOOST_TEST(ends.at(Login::wrong_code) == 5);
    BOOST_TEST(ends.at(Login::gone) == 11);
    BOOST_TEST((login(started.two_factor_id, started.code) == Login::gone));
    advance_seconds(300);
  }
}

BOOST_FIXTURE_TEST_CASE(a_login_goes_on_after_a_restart_with_its_tries_and_its_sends_counted, Codes) {
  const auto started = codes->start({user, {}, {}, json::object{{"k", 1}}});
  const std::string id = started->two_factor_id;
  for (int i = 0; i < 2; ++i) {
    BOOST_TEST((login(id, other_than(started->code)) == Login::wrong_code));
    BOOST_TEST((send(id) == Sent::sent));
    reopen();
  }
  for (int i = 0; i < 2; ++i) {
    BOOST_TEST((login(id, other_than(handed.back().code())) == Login::wrong_code));
    BOOST_TEST((send(id) == Sent::sent));
    reopen();
  }
  BOOST_TEST((send(id) == Sent::sent));
  BOOST_TEST((send(id) == Sent::too_many));
  const auto last = codes->login(id, handed.back().code());
  BOOST_TEST((last.status == Login::ok));
  BOOST_TEST(json::serialize(*last.state) == R"({"k":1})");
  reopen();
  BOOST_TEST((login(id, handed.back().code()) == Login::gone));
}

BOOST_FIXTURE_TEST_CASE(neither_codes_nor_ids_nor_numbers_are_in_the_database, Codes) {
  const auto started = start("canary-code");
  const std::string unused = start().two_factor_id;
  send(started.two_factor_id);
  const std::string sent = handed.back().code();
  for (const char* const suffix : {"", "-wal"}) {
    const std::string bytes = contents(file + suffix);
    for (const std::string& canary : {std::string("canary-code"), started.two_factor_id, unused,
                                      std::string("+15551230001"), std::string("\"ada\"")}) {
      BOOST_TEST(!contains(bytes, canary), canary);
    }
  }
  BOOST_TEST(contains(contents(file) + contents(file + "-wal"), user));
  // Six digits can stand in any file by chance: in the text and with the attributes they do not.
  BOOST_TEST(!contains(contents(file) + contents(file + "-wal"), "Code: " + sent));
}
