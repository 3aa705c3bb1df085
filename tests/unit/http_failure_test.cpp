// SPDX-License-Identifier: Apache-2.0
// The HTTP service where something goes wrong: the class, and whether a byte of the request may have left.
#include <sys/socket.h>

#include <boost/test/unit_test.hpp>

#include "http_client.hpp"
#include "raw_server.hpp"

using namespace messenger::test;
using std::chrono::milliseconds;

namespace {

void check(const Answer& answer, unsigned failure, unsigned request_sent) {
  BOOST_TEST(answer.failure == failure);
  BOOST_TEST(answer.request_sent == request_sent);
}

void read_and_stay_silent(Connection& connection) {
  while (!connection.read_request().empty()) {
  }
}

Answer answer_of(RawServer::Script script, HttpClient::Options options = {}, const HttpClient::Request& request = {}) {
  RawServer server(std::move(script));
  options.url = server.url();
  HttpClient client(options);
  return client.exchange(request);
}

}  // namespace

BOOST_AUTO_TEST_CASE(refused_and_unresolvable_have_sent_nothing) {
  HttpClient refused({.url = "http://127.0.0.1:" + std::to_string(closed_port())});
  check(refused.exchange(), MSGR_HTTP_CONNECT, 0);
  HttpClient nowhere({.url = "http://no-such-host.invalid"});
  check(nowhere.exchange(), MSGR_HTTP_RESOLVE, 0);
}

// The rule that a message is never sent twice: libcurl alone would send this POST again on a new connection.
BOOST_AUTO_TEST_CASE(a_kept_alive_server_that_reads_the_second_request_and_ends_sees_it_once) {
  for (const bool with_reset : {false, true}) {
    RawServer server([&](Connection& connection) {
      connection.read_request();
      connection.answer();
      connection.read_request();
      with_reset ? connection.reset() : connection.close();
    });
    HttpClient client({.url = server.url()});
    BOOST_TEST(client.exchange({.target = "/first"}).status == 200U);
    const auto second = client.exchange({.target = "/second"});
    check(second, MSGR_HTTP_RESET, 1);
    BOOST_TEST(second.status == 0U);
    BOOST_TEST(client.stats().resends_prevented == 1U);
    int arrived = 0;
    for (const auto& request : server.requests()) {
      arrived += request.starts_with("POST /second ") ? 1 : 0;
    }
    BOOST_TEST(arrived == 1);
  }
}

BOOST_AUTO_TEST_CASE(a_connection_that_ends_before_the_response) {
  check(answer_of([](Connection& c) { c.read_request(); }), MSGR_HTTP_RESET, 1);
  check(answer_of([](Connection& c) { c.read_request(), c.reset(); }), MSGR_HTTP_RESET, 1);
  // Reset at once: whether the connection was noticed first is the machine's choice, but the two answers go together.
  const auto at_once = answer_of([](Connection& c) { c.reset(); });
  check(at_once, at_once.request_sent != 0 ? MSGR_HTTP_RESET : MSGR_HTTP_CONNECT, at_once.request_sent);
}

BOOST_AUTO_TEST_CASE(a_response_that_is_cut_off_keeps_its_status) {
  const auto answer = answer_of([](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 100\r\n\r\n{\"code\":");
  });
  check(answer, MSGR_HTTP_RESET, 1);
  BOOST_TEST(answer.status == 400U);
  BOOST_TEST(answer.body == "{\"code\":");
}

BOOST_AUTO_TEST_CASE(what_is_not_http_is_malformed) {
  check(answer_of([](Connection& c) { c.read_request(), c.write("220 smtp.example ready\r\n\r\n"); }),
        MSGR_HTTP_MALFORMED, 1);
}

BOOST_AUTO_TEST_CASE(silence_ends_at_the_read_timeout_and_a_drip_only_at_the_deadline) {
  check(answer_of(read_and_stay_silent, {.connect_timeout_ms = 600'000, .read_timeout_ms = 100}), MSGR_HTTP_TIMEOUT, 1);
  const auto drip = [](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n");
    for (int i = 0; i < 12; ++i) {
      std::this_thread::sleep_for(milliseconds(40));
      connection.write("x");
    }
  };
  const auto slow = answer_of(drip, {.read_timeout_ms = 300});
  check(slow, MSGR_HTTP_RESPONSE, 1);
  BOOST_TEST(slow.body == "xxxxxxxxxxxx");
  const auto late = answer_of(drip, {.read_timeout_ms = 300}, {.deadline = milliseconds(200)});
  check(late, MSGR_HTTP_DEADLINE, 1);
  BOOST_TEST(late.status == 200U);
}

BOOST_AUTO_TEST_CASE(a_connection_that_does_not_come_about_ends_at_the_connect_timeout) {
  // A listener with a full backlog leaves the handshake unanswered.
  boost::asio::io_context context;
  using tcp = boost::asio::ip::tcp;
  tcp::acceptor full(context);
  full.open(tcp::v4());
  full.bind({boost::asio::ip::address_v4::loopback(), 0});
  full.listen(0);
  std::list<tcp::socket> fillers;
  for (int i = 0; i < 4; ++i) {
    fillers.emplace_back(context).open(tcp::v4());
    fillers.back().native_non_blocking(true);
    const auto to = full.local_endpoint();
    ::connect(fillers.back().native_handle(), to.data(), static_cast<socklen_t>(to.size()));
  }
  const auto url = "http://127.0.0.1:" + std::to_string(full.local_endpoint().port());
  HttpClient client({.url = url, .connect_timeout_ms = 100});
  check(client.exchange(), MSGR_HTTP_TIMEOUT, 0);
  check(client.exchange({.deadline = milliseconds(50)}), MSGR_HTTP_DEADLINE, 0);
}

BOOST_AUTO_TEST_CASE(a_response_over_a_limit_is_cut) {
  const std::string big(5'000, 'x');
  const auto body = [&](Connection& c) { c.read_request(), c.answer(big); };
  check(answer_of(body, {.max_response_bytes = 4'999}), MSGR_HTTP_TOO_LARGE, 1);
  check(answer_of(body, {.max_response_bytes = 5'000}), MSGR_HTTP_RESPONSE, 1);
  const auto headers = [](Connection& connection) {
    connection.read_request();
    std::string many;
    for (int i = 0; i < 100; ++i) {
      many += "X-" + std::to_string(i) + ": " + std::string(1'000, 'h') + "\r\n";
    }
    connection.answer("", "200 OK", many);
  };
  check(answer_of(headers), MSGR_HTTP_TOO_LARGE, 1);
}

BOOST_AUTO_TEST_CASE(cancel_ends_the_ticket_and_only_it) {
  RawServer server(read_and_stay_silent);
  HttpClient client({.url = server.url(), .read_timeout_ms = 300});
  auto cancelled = client.start({.ticket = 7});
  auto other = client.start({.ticket = 8});
  client.cancel(7);
  client.cancel(99);
  const auto answer = cancelled.get();
  BOOST_TEST(answer.failure == unsigned{MSGR_HTTP_CANCELLED});
  BOOST_TEST(answer.ticket == 7U);
  BOOST_TEST(other.get().failure == unsigned{MSGR_HTTP_TIMEOUT});
  client.cancel(7);  // long over
}

BOOST_AUTO_TEST_CASE(closing_an_endpoint_cancels_what_is_open_and_waits_for_the_callbacks) {
  RawServer server(read_and_stay_silent);
  HttpClient client({.url = server.url()});
  std::vector<std::future<Answer>> answers;
  for (std::uint64_t ticket = 1; ticket <= 20; ++ticket) {
    answers.push_back(client.start({.ticket = ticket}));
  }
  client.close();
  BOOST_TEST(HttpClient::entered() == 0);
  for (auto& answer : answers) {
    BOOST_TEST_REQUIRE((answer.wait_for(milliseconds(0)) == std::future_status::ready));
    BOOST_TEST(answer.get().failure == unsigned{MSGR_HTTP_CANCELLED});
  }
}

namespace {

// A service of its own, an endpoint of it and a request that its callback makes again as long as it is taken.
struct Stubborn {
  explicit Stubborn(const std::string& url) {
    const auto options = loopback_options(1);
    service = msgr_http_service_create(&options, nullptr, nullptr);
    http = msgr_http_service_table(service);
    msgr_http_endpoint_config config{};
    config.size = sizeof config;
    config.url = {url.data(), url.size()};
    endpoint = http->open(http, &bare_host(), &config, nullptr, nullptr);
  }

  std::uint32_t request() {
    msgr_http_request request{};
    request.size = sizeof request;
    request.method = {"GET", 3};
    request.ctx = this;
    request.done = [](void* self, const msgr_http_response*) {
      auto& stubborn = *static_cast<Stubborn*>(self);
      ++stubborn.answers;
      stubborn.last = stubborn.request();
    };
    return http->request(endpoint, &request);
  }

  msgr_http_service* service;
  const msgr_http* http;
  msgr_http_endpoint* endpoint;
  std::atomic<int> answers{0};
  std::atomic<std::uint32_t> last{MSGR_HTTP_STARTED};
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_callback_that_always_tries_again_does_not_keep_the_service_alive) {
  RawServer server(read_and_stay_silent);
  Stubborn stubborn(server.url());
  BOOST_TEST(stubborn.request() == unsigned{MSGR_HTTP_STARTED});
  BOOST_TEST(msgr_http_service_destroy(stubborn.service) == 1U);
  BOOST_TEST(stubborn.answers == 1);
  BOOST_TEST(stubborn.last == unsigned{MSGR_HTTP_UNAVAILABLE});
  stubborn.http->close(stubborn.endpoint);
}

BOOST_AUTO_TEST_CASE(closing_an_endpoint_while_the_service_is_destroyed) {
  RawServer server(read_and_stay_silent);
  for (int round = 0; round < 50; ++round) {
    Stubborn stubborn(server.url());
    stubborn.request();
    std::thread closer([&] { stubborn.http->close(stubborn.endpoint); });
    msgr_http_service_destroy(stubborn.service);
    closer.join();
    BOOST_TEST(stubborn.answers == 1);
  }
}

BOOST_AUTO_TEST_CASE(a_whole_answer_outranks_a_cancel_that_comes_with_it) {
  std::atomic<int> written{0};
  RawServer server([&](Connection& connection) {
    while (!connection.read_request().empty()) {
      connection.answer();
      ++written;
    }
  });
  HttpClient client({.url = server.url()});
  for (int round = 1; round <= 300; ++round) {
    auto future = client.start({});
    while (written < round) {
    }
    client.cancel(1);
    const auto answer = future.get();
    if (answer.failure == MSGR_HTTP_CANCELLED) {  // it came before the answer, and the connection is closed
      BOOST_TEST(answer.body == "");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_callback_that_throws_is_caught_counted_and_logged_and_the_service_goes_on) {
  static std::atomic<int> logged{0};
  static int entered = 0;
  msgr_host host = bare_host();
  host.log = [](const msgr_host*, std::int32_t level, msgr_str) { logged += level == MSGR_LOG_ERROR ? 1 : 0; };
  host.enter = [](const msgr_host*) { ++entered; };
  host.leave = [](const msgr_host*) { --entered; };
  RawServer server([](Connection& connection) {
    while (!connection.read_request().empty()) {
      connection.answer();
    }
  });
  HttpClient good({.url = server.url()});
  const std::string url = server.url();
  msgr_http_endpoint_config config{};
  config.size = sizeof config;
  config.url = {url.data(), url.size()};
  msgr_http_endpoint* const endpoint = good.table().open(&good.table(), &host, &config, nullptr, nullptr);
  msgr_http_request request{};
  request.size = sizeof request;
  request.method = {"GET", 3};
  request.done = [](void*, const msgr_http_response*) { throw 1; };
  BOOST_TEST(good.table().request(endpoint, &request) == unsigned{MSGR_HTTP_STARTED});
  while (logged == 0) {
    std::this_thread::sleep_for(milliseconds(1));
  }
  BOOST_TEST(good.exchange().status == 200U);
  good.table().close(endpoint);
  BOOST_TEST(entered == 0);
  BOOST_TEST(good.stats().callback_exceptions == 1U);
}

BOOST_AUTO_TEST_CASE(destroying_the_service_answers_what_an_open_endpoint_still_waits_for) {
  RawServer server(read_and_stay_silent);
  const auto options = loopback_options(2);
  msgr_http_service* const service = msgr_http_service_create(&options, nullptr, nullptr);
  const msgr_http* const http = msgr_http_service_table(service);
  const std::string url = server.url();
  msgr_http_endpoint_config config{};
  config.size = sizeof config;
  config.url = {url.data(), url.size()};
  msgr_http_endpoint* const endpoint = http->open(http, &bare_host(), &config, nullptr, nullptr);
  BOOST_TEST_REQUIRE((endpoint != nullptr));
  std::promise<std::uint32_t> failure;
  msgr_http_request request{};
  request.size = sizeof request;
  request.method = {"GET", 3};
  request.ctx = &failure;
  request.done = [](void* context, const msgr_http_response* response) {
    static_cast<std::promise<std::uint32_t>*>(context)->set_value(response->failure);
  };
  BOOST_TEST(http->request(endpoint, &request) == unsigned{MSGR_HTTP_STARTED});
  BOOST_TEST(msgr_http_service_destroy(service) == 1U);
  BOOST_TEST(failure.get_future().get() == unsigned{MSGR_HTTP_CANCELLED});
  BOOST_TEST(http->request(endpoint, &request) == unsigned{MSGR_HTTP_UNAVAILABLE});
  http->cancel(endpoint, 1);
  http->close(endpoint);
}
