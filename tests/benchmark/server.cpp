// SPDX-License-Identifier: Apache-2.0
#include "server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <string_view>
#include <system_error>
#include <unordered_map>

namespace messenger::benchmark {

namespace {

std::string with_header(std::string_view status, std::string_view body) {
  return "HTTP/1.1 " + std::string(status) +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body);
}

// As long as Twilio's own answer, 722 bytes.
std::string twilio_answer() {
  const std::string account = "AC00000000000000000000000000000000";
  const std::string sid = "SM00000000000000000000000000000001";
  std::string body =
      R"({"account_sid":")" + account + R"(","api_version":"2010-04-01","body":")" + std::string(100, 'x') +
      R"(","date_created":"Thu, 24 Aug 2023 05:01:45 +0000","date_sent":null,"date_updated":)"
      R"("Thu, 24 Aug 2023 05:01:45 +0000","direction":"outbound-api","error_code":null,)"
      R"("error_message":null,"from":"+15005550006","messaging_service_sid":null,"num_media":"0",)"
      R"("num_segments":"1","price":null,"price_unit":"USD","sid":")" +
      sid + R"(","status":"queued","subresource_uris":{"media":"/2010-04-01/Accounts/)" + account + "/Messages/" + sid +
      R"(/Media.json"},"to":"+15551230001","uri":"/2010-04-01/Accounts/)" + account + "/Messages/" + sid + R"(.json"})";
  body.resize(std::max<std::size_t>(body.size(), 722), ' ');
  return with_header("201 CREATED", body);
}

class Responder {
 public:
  explicit Responder(int listener) : listener_(listener), epoll_(epoll_create1(0)) { watch(listener_); }

  [[noreturn]] void run() {
    std::array<epoll_event, 512> events;
    while (true) {
      const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < count; ++i) {
        const int socket = events[static_cast<std::size_t>(i)].data.fd;
        socket == listener_ ? accept_one() : serve(socket);
      }
    }
  }

 private:
  void watch(int socket) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  }

  void accept_one() {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(socket);
  }

  void serve(int socket) {
    std::array<char, 16'384> chunk;
    const ssize_t got = ::recv(socket, chunk.data(), chunk.size(), 0);
    std::string& pending = pending_[socket];
    if (got <= 0) {
      pending.clear();
      ::close(socket);
      return;
    }
    pending.append(chunk.data(), static_cast<std::size_t>(got));
    for (std::size_t size = whole_request(pending); size != 0; size = whole_request(pending)) {
      answer(socket, pending.substr(0, size));
      pending.erase(0, size);
    }
  }

  static std::size_t whole_request(std::string_view text) {
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

  void answer(int socket, std::string request) {
    const bool asks_last = request.starts_with("GET /last");
    const std::string last = asks_last ? with_header("200 OK", last_) : std::string();
    const std::string& bytes = asks_last ? last : request.starts_with("POST /2010") ? twilio_ : webhook_;
    [[maybe_unused]] const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    last_ = std::move(request);
  }

  int listener_, epoll_;
  std::unordered_map<int, std::string> pending_;
  std::string last_;
  const std::string twilio_ = twilio_answer(), webhook_ = with_header("200 OK", "{}");
};

}  // namespace

Server::Server(int cpu) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener, generic, length) != 0 || listen(listener, 4'096) != 0 ||
      getsockname(listener, generic, &length) != 0) {
    throw std::system_error(errno, std::system_category(), "listen");
  }
  port_ = ntohs(address.sin_port);
  child_ = fork();
  if (child_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    pin_to(cpu);
    Responder(listener).run();
  }
  ::close(listener);
}

Server::~Server() {
  kill(child_, SIGKILL);
  waitpid(child_, nullptr, 0);
}

bool pin_to(int cpu) noexcept {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<unsigned>(cpu), &set);
  return sched_setaffinity(0, sizeof set, &set) == 0;
}

}  // namespace messenger::benchmark
