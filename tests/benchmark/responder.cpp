// SPDX-License-Identifier: Apache-2.0
#include "responder.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace messenger::benchmark {

namespace {

std::string with_header(std::string_view status, std::string_view body) {
  return "HTTP/1.1 " + std::string(status) +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body);
}

// As long as Twilio's own answer, 722 bytes.
std::string twilio_answer() {
  const std::string owner = account;
  const std::string sid = "SM00000000000000000000000000000001";
  std::string body =
      R"({"account_sid":")" + owner + R"(","api_version":"2010-04-01","body":")" + std::string(100, 'x') +
      R"(","date_created":"Thu, 24 Aug 2023 05:01:45 +0000","date_sent":null,"date_updated":)"
      R"("Thu, 24 Aug 2023 05:01:45 +0000","direction":"outbound-api","error_code":null,)"
      R"("error_message":null,"from":"+15005550006","messaging_service_sid":null,"num_media":"0",)"
      R"("num_segments":"1","price":null,"price_unit":"USD","sid":")" +
      sid + R"(","status":"queued","subresource_uris":{"media":"/2010-04-01/Accounts/)" + owner + "/Messages/" + sid +
      R"(/Media.json"},"to":"+15551230001","uri":"/2010-04-01/Accounts/)" + owner + "/Messages/" + sid + R"(.json"})";
  body.resize(std::max<std::size_t>(body.size(), 722), ' ');
  return with_header("201 CREATED", body);
}

std::size_t whole_request(std::string_view text) {
  const auto end = text.find("\r\n\r\n");
  if (end == std::string_view::npos) {
    return 0;
  }
  std::size_t length = 0;
  if (const auto at = text.find("\r\nContent-Length: "); at < end) {
    std::from_chars(text.data() + at + 18, text.data() + end, length);
  }
  return text.size() >= end + 4 + length ? end + 4 + length : 0;
}

}  // namespace

Responder::Responder(int listener, const ServerOptions& options, SSL_CTX* tls, ServerTally& tally)
    : listener_(listener),
      epoll_(epoll_create1(0)),
      options_(options),
      tls_(tls),
      tally_(tally),
      twilio_(twilio_answer()),
      webhook_(with_header("200 OK", "{}")) {
  watch(listener_);
}

void Responder::run() {
  std::array<epoll_event, 512> events;
  while (true) {
    const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), wait_milliseconds());
    for (int i = 0; i < count; ++i) {
      const int socket = events[static_cast<std::size_t>(i)].data.fd;
      socket == listener_ ? accept_all() : serve(socket);
    }
    send_due();
  }
}

void Responder::watch(int socket) const {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = socket;
  epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
}

void Responder::accept_all() {
  for (int socket = 0; (socket = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK)) >= 0;) {
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connections_.resize(std::max(connections_.size(), static_cast<std::size_t>(socket) + 1));
    Connection& connection = connections_[static_cast<std::size_t>(socket)];
    connection.serial = ++last_serial_;
    if (tls_ != nullptr) {
      connection.tls = SSL_new(tls_);
      SSL_set_fd(connection.tls, socket);
      SSL_set_accept_state(connection.tls);
    }
    watch(socket);
  }
}

void Responder::serve(int socket) {
  Connection& connection = connections_[static_cast<std::size_t>(socket)];
  if (!read(socket, connection)) {
    return close(socket, connection);
  }
  for (std::size_t size = whole_request(connection.pending); size != 0; size = whole_request(connection.pending)) {
    take(socket, connection, std::string_view(connection.pending).substr(0, size));
    connection.pending.erase(0, size);
  }
}

// False when the peer has gone.
bool Responder::read(int socket, Connection& connection) const {
  std::array<char, 16'384> chunk;
  if (connection.tls == nullptr) {
    const ssize_t got = ::recv(socket, chunk.data(), chunk.size(), 0);
    connection.pending.append(chunk.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return got > 0;
  }
  const int got = SSL_read(connection.tls, chunk.data(), static_cast<int>(chunk.size()));
  if (got > 0) {
    connection.pending.append(chunk.data(), static_cast<std::size_t>(got));
    return true;
  }
  return SSL_get_error(connection.tls, got) == SSL_ERROR_WANT_READ;
}

void Responder::take(int socket, Connection& connection, std::string_view request) {
  const std::size_t kept = std::min(request.size(), tally_.last.size());
  std::memcpy(tally_.last.data(), request.data(), kept);
  tally_.last_size.store(static_cast<std::uint32_t>(kept), std::memory_order_relaxed);
  tally_.requests.fetch_add(1, std::memory_order_release);
  if (answered_ == options_.answers) {
    return;
  }
  ++answered_;
  const std::string& bytes = request.starts_with("POST /2010") ? twilio_ : webhook_;
  if (options_.delay.count() == 0) {
    write(socket, connection, bytes);
  } else {
    due_.push_back({Clock::now() + options_.delay, socket, connection.serial, &bytes});
  }
}

void Responder::write(int socket, const Connection& connection, const std::string& bytes) const {
  if (connection.tls != nullptr) {
    SSL_write(connection.tls, bytes.data(), static_cast<int>(bytes.size()));
  } else {
    [[maybe_unused]] const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
}

void Responder::close(int socket, Connection& connection) const {
  SSL_free(connection.tls);
  connection = Connection();
  ::close(socket);
}

void Responder::send_due() {
  for (const auto now = due_.empty() ? Clock::time_point() : Clock::now(); !due_.empty() && due_.front().at <= now;
       due_.pop_front()) {
    const Due& next = due_.front();
    const Connection& connection = connections_[static_cast<std::size_t>(next.socket)];
    if (connection.serial == next.serial) {
      write(next.socket, connection, *next.bytes);
    }
  }
}

int Responder::wait_milliseconds() const {
  if (due_.empty()) {
    return -1;
  }
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(due_.front().at - Clock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

}  // namespace messenger::benchmark
