// SPDX-License-Identifier: Apache-2.0
// The HTTP service with more requests in flight than one of libcurl's multi handles takes (32).
#include <curl/curl.h>
#include <dlfcn.h>

#include <boost/test/unit_test.hpp>
#include <condition_variable>

#include "http_client.hpp"
#include "raw_server.hpp"

using namespace messenger::test;

namespace {

std::atomic<std::size_t> easy_handles{0};  // libcurl makes some for itself, one for each multi handle

}  // namespace

// The service gets these, as the program's come before the library's.
extern "C" CURL* curl_easy_init() {
  ++easy_handles;
  return reinterpret_cast<decltype(&curl_easy_init)>(dlsym(RTLD_NEXT, "curl_easy_init"))();
}

extern "C" void curl_easy_cleanup(CURL* easy) {
  --easy_handles;
  reinterpret_cast<decltype(&curl_easy_cleanup)>(dlsym(RTLD_NEXT, "curl_easy_cleanup"))(easy);
}

namespace {

constexpr std::size_t crowd = 200;

/// Answers nobody until so many ask.
class Gate {
 public:
  explicit Gate(std::size_t wanted) : wanted_(wanted) {}

  void pass() {
    std::unique_lock lock(mutex_);
    const std::size_t turn = came_++ / wanted_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_ || came_ >= (turn + 1) * wanted_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait_until_came(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return came_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  const std::size_t wanted_;
  std::size_t came_ = 0;
  bool open_ = false;
};

struct Site {
  explicit Site(std::size_t together, msgr_http_service_options options = loopback_options())
      : gate(together),
        server([this](Connection& connection) {
          ++open;
          while (!connection.read_request().empty()) {
            gate.pass();
            connection.answer();
          }
          --open;
        }),
        client({.url = server.url(), .connect_timeout_ms = 60'000, .read_timeout_ms = 60'000, .service = options}) {}
  ~Site() { gate.open(); }

  std::vector<std::future<Answer>> start(std::size_t count) {
    std::vector<std::future<Answer>> answers;
    for (std::size_t i = 0; i < count; ++i) {
      answers.push_back(client.start({.ticket = i + 1}));
    }
    return answers;
  }
  void exchange(std::size_t count) {
    auto answers = start(count);
    for (auto& answer : answers) {
      BOOST_TEST(answer.get().status == 200U);
    }
  }

  std::atomic<std::size_t> open{0};
  Gate gate;
  RawServer server;
  HttpClient client;
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_crowd_is_answered_and_the_next_one_uses_its_connections) {
  Site site(crowd);
  for (int wave = 0; wave < 3; ++wave) {
    site.exchange(crowd);
    BOOST_TEST(site.client.stats().connections_opened == crowd);
  }
}

BOOST_AUTO_TEST_CASE(who_comes_alone_after_a_crowd_opens_no_connection) {
  Site site(crowd);
  site.exchange(crowd);
  site.gate.open();
  for (int i = 0; i < 20; ++i) {
    site.exchange(1);
  }
  BOOST_TEST(site.client.stats().connections_opened == crowd);
}

BOOST_AUTO_TEST_CASE(any_request_of_a_crowd_can_be_cancelled) {
  Site site(2 * crowd);
  auto answers = site.start(crowd);
  site.gate.wait_until_came(crowd);
  for (const std::uint64_t ticket : {1U, 64U, 65U, 200U}) {
    site.client.cancel(ticket);
    const Answer answer = answers[ticket - 1].get();
    BOOST_TEST(answer.failure == std::uint32_t{MSGR_HTTP_CANCELLED});
    BOOST_TEST(answer.request_sent == 1U);
    BOOST_TEST(answer.ticket == ticket);
  }
  site.gate.open();
  std::size_t whole = 0;
  for (auto& answer : answers) {
    whole += answer.valid() && answer.get().status == 200U ? 1U : 0U;
  }
  BOOST_TEST(whole == crowd - 4);
}

BOOST_AUTO_TEST_CASE(closing_the_endpoint_ends_a_whole_crowd) {
  Site site(2 * crowd);
  auto answers = site.start(crowd);
  site.gate.wait_until_came(crowd);
  site.client.close();
  for (auto& answer : answers) {
    BOOST_TEST(answer.get().failure == std::uint32_t{MSGR_HTTP_CANCELLED});
  }
  BOOST_TEST(HttpClient::entered() == 0);
}

BOOST_AUTO_TEST_CASE(a_deadline_is_kept_in_every_handle) {
  Site site(2 * crowd);
  std::vector<std::future<Answer>> answers;
  for (std::size_t i = 0; i < crowd; ++i) {
    answers.push_back(site.client.start({.deadline = std::chrono::milliseconds(500), .ticket = i + 1}));
  }
  for (auto& answer : answers) {
    BOOST_TEST(answer.get().failure == std::uint32_t{MSGR_HTTP_DEADLINE});
  }
}

// One that ends closes at most one other, so the limit is reached as requests end.
BOOST_AUTO_TEST_CASE(no_more_connections_stay_open_than_the_host_allows_in_all_handles_together) {
  auto options = loopback_options();
  options.max_idle_connections = 80;
  Site site(crowd, options);
  site.exchange(crowd);
  site.gate.open();
  while (site.open > 80) {
    site.exchange(1);
  }
  const auto opened = site.client.stats().connections_opened;
  for (int i = 0; i < 20; ++i) {
    site.exchange(1);
  }
  BOOST_TEST(site.client.stats().connections_opened == opened);
  BOOST_TEST(site.open > 40U);  // they are kept for the next crowd
}

BOOST_AUTO_TEST_CASE(no_more_easy_handles_are_kept_than_connections_may_be) {
  auto options = loopback_options();
  options.max_idle_connections = 80;
  Site site(2 * crowd, options);
  const auto answers = site.start(crowd);
  site.gate.wait_until_came(crowd);
  const std::size_t others = easy_handles - crowd;
  site.gate.open();
  for (const auto& answer : answers) {
    answer.wait();
  }
  site.exchange(1);  // on a handle that was kept
  BOOST_TEST(easy_handles - others >= 80U);
  BOOST_TEST(easy_handles - others <= 81U);
}

// An endpoint that closes leaves no handle: each has a copy of its URL.
BOOST_AUTO_TEST_CASE(no_easy_handle_outlives_the_endpoint_that_it_served_last) {
  Site site(crowd);
  HttpClient other({.url = site.server.url("/other")}, &site.client);
  site.exchange(crowd);
  site.gate.open();
  BOOST_TEST(other.exchange().status == 200U);
  const std::size_t before = easy_handles;
  site.client.close();
  BOOST_TEST(easy_handles == before - (crowd - 1));  // one serves the other
  BOOST_TEST(other.exchange().status == 200U);
  BOOST_TEST(easy_handles == before - (crowd - 1));
}
