// SPDX-License-Identifier: Apache-2.0
// The server against good, slow and broken clients.
#include "api/server.hpp"

#include <atomic>
#include <boost/json/serialize.hpp>
#include <boost/system/system_error.hpp>
#include <boost/test/unit_test.hpp>
#include <future>
#include <thread>

#include "api/json_body.hpp"
#include "api_client.hpp"
#include "certificate.hpp"

using namespace messenger::host;
using namespace messenger::test;
using namespace std::chrono_literals;

namespace {

/// Routes that answer at once, later, twice, never, or with what they were given; and a server for them.
class Api {
 public:
  explicit Api(ServerOptions options = {}) {
    const auto add = [&](const char* method, const char* path, auto handle) {
      router_.add({{method, path, Access::anyone, {}, handle}});
    };
    add("GET", "/ok", [](const Request&, const Reply& reply) { reply(json_response({{"ok", true}})); });
    add("GET", "/empty", [](const Request&, const Reply& reply) { reply(empty_response(200)); });
    add("POST", "/echo", [](const Request& request, const Reply& reply) {
      reply(json_response({{"body", request.body}, {"type", request.content_type}, {"id", request.id}}));
    });
    add("GET", "/headers", [](const Request& request, const Reply& reply) {
      boost::json::object headers;
      for (const auto& [name, value] : request.headers) {
        headers[name] = value;
      }
      reply(json_response(headers));
    });
    add("GET", "/held", [this](const Request&, const Reply& reply) { held_.set_value(reply); });
    add("GET", "/twice", [](const Request&, const Reply& reply) {
      reply(json_response({{"answer", 1}}));
      reply(json_response({{"answer", 2}}));
    });
    add("GET", "/blocked", [this](const Request&, const Reply& reply) {
      if (++blocked_ == 1) {
        entered_.set_value();
      }
      unblocked_.wait();
      reply(empty_response(200));
    });
    add("GET", "/dropped", [](const Request&, const Reply&) {});
    options.listen = "127.0.0.1:0";
    server_ = std::make_unique<Server>(options, router_, log_);
  }

  const std::string& url() const { return server_->url(); }
  Server& server() { return *server_; }
  /// The reply of the request to /held, once it has come.
  Reply held() { return held_.get_future().get(); }
  /// When the first request has reached /blocked, where it stays until unblock().
  std::future<void> entered() { return entered_.get_future(); }
  void unblock() { unblock_.set_value(); }
  int blocked() const { return blocked_; }

 private:
  Log log_{Log::Format::text, messenger::loader::LogLevel::error};
  Router router_{[](const Request&) { return false; }, log_};
  std::promise<Reply> held_;
  std::promise<void> entered_, unblock_;
  std::shared_future<void> unblocked_{unblock_.get_future()};
  std::atomic<int> blocked_{0};
  std::unique_ptr<Server> server_;
};

const std::string get_ok = "GET /ok HTTP/1.1\r\nHost: x\r\n\r\n";

ServerOptions quick() {
  ServerOptions options;
  options.header_timeout = options.body_timeout = 200ms;
  options.idle_timeout = 400ms;
  return options;
}

bool is_served(const std::string& url) {
  return ApiClient(url).get("/ok").status == 200U;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_answer_has_fusionauths_headers, Api) {
  const auto answer = ApiClient(url()).get("/ok");
  BOOST_TEST(answer.status == 200U);
  BOOST_TEST(answer.headers.at("content-type") == "application/json; charset=UTF-8");
  BOOST_TEST(answer.headers.at("cache-control") == "no-cache");
  BOOST_TEST(!answer.headers.at("x-request-id").empty());
  BOOST_TEST(answer.body == R"({"ok":true})");
}

BOOST_FIXTURE_TEST_CASE(an_answer_without_a_body_has_no_content_type, Api) {
  for (const char* const target : {"/empty", "/unknown", "/dropped"}) {
    const auto answer = ApiClient(url()).get(target);
    BOOST_TEST(!answer.has("content-type"), target);
    BOOST_TEST(answer.headers.at("content-length") == "0", target);
  }
}

BOOST_FIXTURE_TEST_CASE(a_clients_request_id_is_kept_when_it_is_fit_for_a_log, Api) {
  ApiClient client(url());
  BOOST_TEST(client.call("GET", "/ok", "", {{"X-Request-Id", "req-1.a_B"}}).headers.at("x-request-id") == "req-1.a_B");
  for (const auto& unfit : {std::string("a b"), std::string(65, 'a'), std::string("\"x\"")}) {
    BOOST_TEST(client.call("GET", "/ok", "", {{"X-Request-Id", unfit}}).headers.at("x-request-id").size() == 36U);
  }
}

BOOST_FIXTURE_TEST_CASE(a_route_sees_the_headers_but_for_credentials, Api) {
  const auto seen = ApiClient(url())
                        .call("GET", "/headers", "",
                              {{"authorization", "canary"},
                               {"Proxy-Authorization", "canary"},
                               {"COOKIE", "canary"},
                               {"X-Signature", "told"}})
                        .json();
  BOOST_TEST(seen.at("X-Signature").as_string() == "told");
  BOOST_TEST(boost::json::serialize(seen).find("canary") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_connection_serves_many_requests_and_pipelined_ones_in_order, Api) {
  ApiClient client(url());
  client.send_bytes("GET /twice HTTP/1.1\r\nHost: x\r\n\r\n" + get_ok + get_ok);
  BOOST_TEST(client.receive().body == R"({"answer":1})");
  BOOST_TEST(client.receive().body == R"({"ok":true})");
  BOOST_TEST(client.receive().body == R"({"ok":true})");
  BOOST_TEST(client.get("/ok").status == 200U);
}

BOOST_FIXTURE_TEST_CASE(a_reply_that_is_dropped_is_500, Api) {
  ApiClient client(url());
  BOOST_TEST(client.get("/dropped").status == 500U);
  BOOST_TEST(client.get("/ok").status == 200U);
}

BOOST_FIXTURE_TEST_CASE(bodies_arrive_whole_with_a_length_or_in_chunks, Api) {
  ApiClient client(url());
  const std::string big(1'000'000, 'x');
  BOOST_TEST((client.call("POST", "/echo", big).json().at("body").as_string() == big));
  client.send_bytes(
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  BOOST_TEST(client.receive().json().at("body").as_string() == "abcde");
}

BOOST_FIXTURE_TEST_CASE(a_client_that_asks_first_is_told_to_go_on, Api) {
  ApiClient client(url());
  client.send_bytes("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  BOOST_TEST(client.receive().status == 100U);
  client.send_bytes("ab");
  BOOST_TEST(client.receive().json().at("body").as_string() == "ab");
}

BOOST_FIXTURE_TEST_CASE(what_is_too_large_or_malformed_is_refused_and_the_connection_ended, Api) {
  const std::vector<std::pair<std::string, unsigned>> cases{
      {"GET /ok HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", 431U},
      {"POST /echo HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n", 413U},
      {"POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n" + std::string(0x200000, 'x') +
           "\r\n0\r\n\r\n",
       413U},
      {"NO HTTP\r\n\r\n", 400U},
      {"GET /%zz HTTP/1.1\r\n\r\n", 400U},
      {"GET /ok HTTP/1.1\r\nContent-Length: 1x\r\n\r\n", 400U},
      {"POST /echo HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 400U}};
  for (const auto& [bytes, status] : cases) {
    ApiClient client(url());
    client.send_bytes(bytes);
    const auto answer = client.receive();
    BOOST_TEST(answer.status == status, bytes.substr(0, 60));
    BOOST_TEST(answer.headers.at("connection") == "close");
    BOOST_TEST(answer.body.empty() == (status != 400U), answer.body);
    BOOST_TEST(is_served(url()));
  }
}

BOOST_FIXTURE_TEST_CASE(a_target_in_absolute_form_is_taken, Api) {
  ApiClient client(url());
  client.send_bytes("GET http://somebody/ok HTTP/1.1\r\nHost: x\r\n\r\n");
  BOOST_TEST(client.receive().status == 200U);
}

BOOST_AUTO_TEST_CASE(a_client_that_sends_slowly_is_ended_and_hurts_nobody) {
  Api api(quick());
  ApiClient header(api.url());
  header.send_bytes("GET /ok HTTP/1.1\r\n");
  ApiClient body(api.url());
  body.send_bytes("POST /echo HTTP/1.1\r\nContent-Length: 10\r\n\r\nab");
  BOOST_TEST(is_served(api.url()));
  BOOST_TEST(header.ended_within(5s));
  BOOST_TEST(body.ended_within(5s));
}

BOOST_AUTO_TEST_CASE(a_header_that_drips_does_not_gain_time) {
  Api api(quick());
  ApiClient client(api.url());
  const auto start = std::chrono::steady_clock::now();
  bool ended = false;
  for (int i = 0; i < 100 && !ended; ++i) {
    try {
      client.send_bytes(i == 0 ? "GET /ok HTTP/1.1\r\nX: " : "x");
    } catch (const boost::system::system_error&) {
      break;
    }
    ended = client.ended_within(50ms);
  }
  BOOST_TEST((std::chrono::steady_clock::now() - start < 4s));
}

BOOST_AUTO_TEST_CASE(a_connection_that_asks_for_nothing_is_ended) {
  Api api(quick());
  ApiClient never(api.url());
  ApiClient once(api.url());
  BOOST_TEST(once.get("/ok").status == 200U);
  BOOST_TEST(never.ended_within(5s));
  BOOST_TEST(once.ended_within(5s));
}

BOOST_AUTO_TEST_CASE(one_connection_too_many_is_told_so_and_a_place_that_is_free_again_is_given) {
  ServerOptions options;
  options.max_connections = 2;
  Api api(options);
  ApiClient first(api.url());
  BOOST_TEST(first.get("/ok").status == 200U);
  {
    ApiClient second(api.url());
    BOOST_TEST(second.get("/ok").status == 200U);
    ApiClient third(api.url());
    const auto answer = third.receive();
    BOOST_TEST(answer.status == 503U);
    BOOST_TEST(answer.has("retry-after"));
    BOOST_TEST(answer.has("x-request-id"));
  }
  bool served = false;
  for (int i = 0; i < 100 && !served; ++i) {
    served = is_served(api.url());
    std::this_thread::sleep_for(20ms);
  }
  BOOST_TEST(served);
}

BOOST_FIXTURE_TEST_CASE(a_client_that_goes_before_its_answer_hurts_nobody, Api) {
  auto client = std::make_unique<ApiClient>(url());
  client->send_bytes("GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
  const Reply reply = held();
  client.reset();
  reply(json_response({{"late", true}}));
  BOOST_TEST(is_served(url()));
}

BOOST_FIXTURE_TEST_CASE(stopping_ends_what_is_idle_and_finishes_what_has_begun, Api) {
  ApiClient idle(url());
  BOOST_TEST(idle.get("/ok").status == 200U);
  ApiClient busy(url());
  busy.send_bytes("GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
  const Reply reply = held();
  auto stopped = std::async(std::launch::async, [this] { return server().stop(10s); });
  BOOST_TEST(idle.ended_within(5s));
  BOOST_CHECK_THROW(ApiClient{url()}, boost::system::system_error);
  reply(json_response({{"done", true}}));
  const auto answer = busy.receive();
  BOOST_TEST(answer.body == R"({"done":true})");
  BOOST_TEST(answer.headers.at("connection") == "close");
  BOOST_TEST(busy.ended_within(5s));
  BOOST_TEST(stopped.get());
}

BOOST_FIXTURE_TEST_CASE(stopping_cuts_off_what_does_not_end_in_time, Api) {
  ApiClient busy(url());
  busy.send_bytes("GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
  const Reply reply = held();
  BOOST_TEST(!server().stop(50ms));
  BOOST_TEST(busy.ended_within(5s));
  reply(json_response({{"late", true}}));
}

BOOST_AUTO_TEST_CASE(stopping_drops_what_still_waits_for_a_worker) {
  ServerOptions options;
  options.workers = 1;
  Api api(options);
  ApiClient first(api.url());
  first.send_bytes("GET /blocked HTTP/1.1\r\nHost: x\r\n\r\n");
  api.entered().wait();
  ApiClient second(api.url());
  second.send_bytes("GET /blocked HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(500ms);  // until it waits for the worker; before, it would be idle
  auto stopped = std::async(std::launch::async, [&] { return api.server().stop(100ms); });
  BOOST_TEST(second.ended_within(5s));
  api.unblock();
  BOOST_TEST(!stopped.get());
  BOOST_TEST(api.blocked() == 1);
}

BOOST_AUTO_TEST_CASE(an_encrypted_tls_key_is_refused_and_nobody_is_asked_for_its_password) {
  const TemporaryDirectory directory;
  const Certificate certificate(directory, "server", "IP:127.0.0.1");
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  options.tls_certificate = certificate.certificate_file;
  options.tls_key = directory.write("locked.pem", encrypt_key(contents(certificate.key_file), "password"));
  const Log log(Log::Format::text, messenger::loader::LogLevel::error);
  const Router router([](const Request&) { return true; }, log);
  try {
    const Server server(options, router, log);
    BOOST_ERROR("it was taken");
  } catch (const std::runtime_error& error) {
    BOOST_TEST(std::string(error.what()) == options.tls_key + ": the key is encrypted");
  }
}

BOOST_AUTO_TEST_CASE(over_tls_it_serves_whoever_trusts_it) {
  const TemporaryDirectory directory;
  const Certificate certificate(directory, "server", "IP:127.0.0.1");
  ServerOptions options = quick();
  options.tls_certificate = certificate.certificate_file;
  options.tls_key = certificate.key_file;
  Api api(options);
  BOOST_TEST(api.url().starts_with("https://"));
  ApiClient client(api.url(), "", certificate.certificate_file);
  BOOST_TEST(client.get("/ok").status == 200U);
  BOOST_TEST(client.get("/ok").status == 200U);
  ApiClient plain("http" + api.url().substr(5));
  plain.send_bytes(get_ok);
  BOOST_CHECK_THROW(plain.receive(), boost::system::system_error);
  ApiClient silent("http" + api.url().substr(5));
  BOOST_TEST(silent.ended_within(5s));
  BOOST_TEST(client.get("/ok").status == 200U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_listened_at_is_named) {
  const Log log(Log::Format::text, messenger::loader::LogLevel::error);
  const Router router([](const Request&) { return true; }, log);
  const auto refusal = [&](ServerOptions options) -> std::string {
    try {
      const Server server(options, router, log);
    } catch (const std::exception& error) {
      return error.what();
    }
    return "";
  };
  const auto at = [](const std::string& listen) {
    ServerOptions options;
    options.listen = listen;
    return options;
  };
  for (const char* const malformed : {"", "9011", "localhost:9011", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:99999"}) {
    BOOST_TEST(refusal(at(malformed)).find("ADDRESS:PORT") != std::string::npos, malformed);
  }
  const Api taken;
  BOOST_TEST(refusal(at(taken.url().substr(7))).find("in use") != std::string::npos);
  ServerOptions half = at("127.0.0.1:0");
  half.tls_certificate = "/nowhere/certificate.pem";
  BOOST_TEST(!refusal(half).empty());
  half.tls_key = "/nowhere/key.pem";
  BOOST_TEST(refusal(half).find("/nowhere/certificate.pem") != std::string::npos);
}
