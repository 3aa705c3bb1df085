// SPDX-License-Identifier: Apache-2.0
#include "fault.hpp"

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <array>
#include <fstream>
#include <list>
#include <sstream>

#include "certificate.hpp"
#include "name_service.hpp"
#include "raw_server.hpp"
#include "tls_server.hpp"

namespace messenger::test {

namespace {

using loader::Outcome;
using tcp = boost::asio::ip::tcp;

constexpr const char* accepted = R"({"sid":"SM0123456789abcdef0123456789abcdef","status":"queued"})";

std::string local(unsigned short port, const char* scheme = "http") {
  return scheme + std::string("://127.0.0.1:") + std::to_string(port);
}

Provider serve(RawServer::Script script, const char* scheme = "http") {
  auto server = std::make_shared<RawServer>(std::move(script));
  return {local(server->port(), scheme), {server}};
}

/// Answers each request with these bytes and ends the connection.
template <const auto& Bytes>
Provider raw() {
  return serve([](Connection& connection) {
    connection.read_request();
    connection.write(Bytes);
  });
}

// TLS

/// Certificates for 127.0.0.1, one flaw each.
struct Certificates {
  TemporaryDirectory directory;
  Certificate good{directory, "good", "IP:127.0.0.1"}, own{directory, "own", "IP:127.0.0.1"},
      expired{directory, "expired", "IP:127.0.0.1", -1}, other{directory, "other", "DNS:other.example"};
  std::string roots{directory.path("roots.pem")};

  Certificates() {
    std::ofstream out(roots);
    for (const Certificate* one : {&good, &expired, &other}) {
      out << std::ifstream(one->certificate_file).rdbuf();
    }
  }
};

const Certificates& certificates() {
  static const Certificates all;
  return all;
}

template <Certificate Certificates::*Which, int NewestVersion = TLS1_3_VERSION>
Provider tls() {
  return serve(
      [](Connection& connection) {
        speak_tls(
            connection, certificates().*Which, [](const std::string&) { return std::string(accepted); }, NewestVersion);
      },
      "https");
}

// Before the request

Provider refused() {
  return {local(closed_port()), {}};
}

Provider unresolvable() {
  return {"http://nowhere.example", {}};
}

Provider slow_lookup() {
  return {"http://slow.example", {std::make_shared<HeldName>("slow.example")}};
}

/// A listener whose backlog is full leaves the next handshake unanswered.
Provider full_backlog() {
  struct Full {
    boost::asio::io_context context;
    tcp::acceptor acceptor{context};
    std::list<tcp::socket> fillers;
  };
  auto full = std::make_shared<Full>();
  full->acceptor.open(tcp::v4());
  full->acceptor.bind({boost::asio::ip::address_v4::loopback(), 0});
  full->acceptor.listen(0);
  const auto to = full->acceptor.local_endpoint();
  for (int i = 0; i < 4; ++i) {
    auto& filler = full->fillers.emplace_back(full->context);
    filler.open(tcp::v4());
    filler.native_non_blocking(true);
    ::connect(filler.native_handle(), to.data(), static_cast<socklen_t>(to.size()));
  }
  return {local(to.port()), {full}};
}

Provider stalled_handshake() {
  return serve([](Connection& connection) { connection.read_request(); }, "https");
}

Provider no_tls() {
  return serve([](Connection& connection) { connection.write("220 smtp.example ready\r\n"); }, "https");
}

Provider reset_in_the_handshake() {
  return serve(
      [](Connection& connection) {
        char hello = 0;
        ::recv(connection.native(), &hello, 1, 0);  // or the connection itself might be what fails
        connection.reset();
      },
      "https");
}

// Link-local: blocked whatever a host allows.
Provider blocked() {
  resolve("metadata.example", {0xa9fea9fe});
  return {"http://metadata.example", {}};
}

// After the request

void answer_accepted(Connection& connection) {
  connection.answer(accepted, "201 Created");
}

Provider reset_after_the_request() {
  return serve([](Connection& connection) { connection.read_request(), connection.reset(); });
}

Provider end_after_the_request() {
  return serve([](Connection& connection) { connection.read_request(); });
}

/// The first connection answers once, then reads the next request and ends; later ones would answer it.
template <bool WithReset>
Provider pooled_end() {
  return serve([](Connection& connection) {
    connection.read_request();
    answer_accepted(connection);
    connection.read_request();
    if (connection.number() > 1) {
      answer_accepted(connection);
    } else if (WithReset) {
      connection.reset();
    }
  });
}

Provider silence() {
  return serve([](Connection& connection) {
    while (!connection.read_request().empty()) {
    }
  });
}

Provider drip() {
  return serve([](Connection& connection) {
    connection.read_request();
    const std::string answer =
        "HTTP/1.1 201 Created\r\nContent-Length: " + std::to_string(std::string_view(accepted).size()) + "\r\n\r\n" +
        accepted;
    for (const char byte : answer) {  // longer than a read timeout in all
      std::this_thread::sleep_for(std::chrono::milliseconds(4));
      connection.write({&byte, 1});
    }
  });
}

Provider oversized_headers() {
  return serve([](Connection& connection) {
    connection.read_request();
    std::string many;
    for (int i = 0; i < 100; ++i) {
      many += "X-" + std::to_string(i) + ": " + std::string(1'000, 'h') + "\r\n";
    }
    connection.answer(accepted, "201 Created", many);
  });
}

Provider oversized_body() {
  return serve([](Connection& connection) {
    connection.read_request();
    connection.answer(std::string(1'000'000, 'x'), "201 Created");
  });
}

Provider continued() {
  return serve([](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
    answer_accepted(connection);
  });
}

Provider body_without_end() {
  return serve([](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
    connection.read_request();
  });
}

constexpr const char truncated[] = "HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"sid\":\"SM01";
constexpr const char truncated_refusal[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 500\r\n\r\n{\"code\":21211";
constexpr const char truncated_headers[] = "HTTP/1.1 201 Created\r\nContent-Le";
constexpr const char chunked_garbage[] = "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n";
constexpr const char two_lengths[] =
    "HTTP/1.1 201 Created\r\nContent-Length: 1\r\nContent-Length: 2\r\nContent-Length: x\r\n\r\n{}";
constexpr const char no_http[] = "220 smtp.example ready\r\n\r\n";
constexpr const char http_0_9[] = "<html>An answer without a status line</html>";
constexpr const char no_content[] = "HTTP/1.1 204 No Content\r\n\r\n";
constexpr const char redirect[] =
    "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/elsewhere\r\nContent-Length: 0\r\n\r\n";
constexpr const char challenge[] =
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: Digest realm=\"x\", "
    "nonce=\"y\"\r\nContent-Length: 0\r\n\r\n";

}  // namespace

const std::vector<Fault>& faults() {
  constexpr auto ok = Outcome::ok, retry = Outcome::retry, rejected = Outcome::rejected, config = Outcome::config,
                 unknown = Outcome::unknown;
  static const std::vector<Fault> all{
      {"refused", refused, MSGR_HTTP_CONNECT, 0, retry, retry},
      {"unresolvable", unresolvable, MSGR_HTTP_RESOLVE, 0, retry, retry},
      {"slow lookup", slow_lookup, MSGR_HTTP_TIMEOUT, 0, retry, retry},
      {"full backlog", full_backlog, MSGR_HTTP_TIMEOUT, 0, retry, retry},
      {"blocked", blocked, MSGR_HTTP_BLOCKED, 0, config, config},
      {"TLS, untrusted", tls<&Certificates::own>, MSGR_HTTP_UNTRUSTED, 0, config, config},
      {"TLS, expired", tls<&Certificates::expired>, MSGR_HTTP_UNTRUSTED, 0, config, config},
      {"TLS, another host's", tls<&Certificates::other>, MSGR_HTTP_UNTRUSTED, 0, config, config},
      {"TLS 1.1", tls<&Certificates::good, TLS1_1_VERSION>, MSGR_HTTP_TLS, 0, retry, retry},
      {"TLS 1.2", tls<&Certificates::good, TLS1_2_VERSION>, MSGR_HTTP_RESPONSE, 1, ok, ok},
      {"TLS, stalled", stalled_handshake, MSGR_HTTP_TIMEOUT, 0, retry, retry},
      {"no TLS", no_tls, MSGR_HTTP_TLS, 0, retry, retry},
      {"reset in the handshake", reset_in_the_handshake, MSGR_HTTP_TLS, 0, retry, retry},
      {"reset after the request", reset_after_the_request, MSGR_HTTP_RESET, 1, unknown, unknown},
      {"end after the request", end_after_the_request, MSGR_HTTP_RESET, 1, unknown, unknown},
      {"reset, pooled", pooled_end<true>, MSGR_HTTP_RESET, 1, unknown, unknown, 1},
      {"end, pooled", pooled_end<false>, MSGR_HTTP_RESET, 1, unknown, unknown, 1},
      {"silence", silence, MSGR_HTTP_TIMEOUT, 1, unknown, unknown},
      {"body without end", body_without_end, MSGR_HTTP_TIMEOUT, 1, unknown, unknown},
      {"drip", drip, MSGR_HTTP_RESPONSE, 1, ok, ok},
      {"truncated", raw<truncated>, MSGR_HTTP_RESET, 1, unknown, unknown},
      {"truncated refusal", raw<truncated_refusal>, MSGR_HTTP_RESET, 1, rejected, rejected},
      {"truncated headers", raw<truncated_headers>, MSGR_HTTP_RESET, 1, unknown, unknown},
      {"chunked garbage", raw<chunked_garbage>, MSGR_HTTP_RESET, 1, unknown, unknown},
      {"two lengths", raw<two_lengths>, MSGR_HTTP_MALFORMED, 1, unknown, unknown},
      {"no HTTP", raw<no_http>, MSGR_HTTP_MALFORMED, 1, unknown, unknown},
      {"HTTP/0.9", raw<http_0_9>, MSGR_HTTP_MALFORMED, 1, unknown, unknown},
      {"oversized headers", oversized_headers, MSGR_HTTP_TOO_LARGE, 1, unknown, ok},
      {"oversized body", oversized_body, MSGR_HTTP_TOO_LARGE, 1, unknown, ok},
      {"100 and 103", continued, MSGR_HTTP_RESPONSE, 1, ok, ok},
      {"204", raw<no_content>, MSGR_HTTP_RESPONSE, 1, unknown, ok},
      {"302", raw<redirect>, MSGR_HTTP_RESPONSE, 1, config, config},
      {"401 with a challenge", raw<challenge>, MSGR_HTTP_RESPONSE, 1, config, config}};
  return all;
}

const std::string& roots_file() {
  return certificates().roots;
}

const std::vector<Phase>& phases() {
  static const std::vector<Phase> all{{"lookup", slow_lookup, 0},
                                      {"connect", full_backlog, 0},
                                      {"TLS", stalled_handshake, 0},
                                      {"waiting", silence, 1},
                                      {"body", body_without_end, 1}};
  return all;
}

}  // namespace messenger::test
