// SPDX-License-Identifier: Apache-2.0
#include "http_load.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <vector>

#include "host_process.hpp"
#include "workload.hpp"

namespace messenger::benchmark {

namespace {

// "http://127.0.0.1:PORT"
sockaddr_in address_of(const std::string& url) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoul(url.substr(url.rfind(':') + 1))));
  return address;
}

class Connection {
 public:
  explicit Connection(const std::string& url) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_in address = address_of(url);
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::system_error(errno, std::system_category(), url);
    }
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { ::close(socket_); }

  int socket() const { return socket_; }

  void send(std::string_view request, std::size_t messages) {
    expected_ = messages;
    answer_.clear();
    while (!request.empty()) {
      const ssize_t sent = ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL);
      if (sent <= 0) {
        throw std::system_error(errno, std::system_category(), "send to the host");
      }
      request.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  // What there is; true when the answer is whole, and says that every message was accepted.
  bool receive() {
    std::array<char, 65'536> chunk;
    const ssize_t got = ::recv(socket_, chunk.data(), chunk.size(), 0);
    if (got <= 0) {
      throw std::runtime_error("the host closed a connection");
    }
    answer_.append(chunk.data(), static_cast<std::size_t>(got));
    if (!is_whole()) {
      return false;
    }
    if (!answer_.starts_with("HTTP/1.1 202 ") || accepted() != expected_) {
      throw std::runtime_error("the host refused a message: " + answer_);
    }
    return true;
  }

 private:
  bool is_whole() const {
    const auto end = answer_.find("\r\n\r\n");
    if (end == std::string::npos) {
      return false;
    }
    std::size_t length = 0;
    if (const auto at = answer_.find("Content-Length: "); at < end) {
      std::from_chars(answer_.data() + at + 16, answer_.data() + end, length);
    }
    return answer_.size() >= end + 4 + length;
  }
  std::size_t accepted() const {
    constexpr std::string_view sign = R"("isNew":true)";
    std::size_t count = 0;
    for (auto at = answer_.find(sign); at != std::string::npos; at = answer_.find(sign, at + sign.size())) {
      ++count;
    }
    return count;
  }

  int socket_;
  std::size_t expected_ = 0;
  std::string answer_;
};

class Requests {
 public:
  explicit Requests(const Load& load) : load_(load), next_(load.first) {}

  std::size_t left() const { return load_.first + load_.messages - next_; }

  // The next request, and how many messages are in it.
  std::size_t write(std::string& request) {
    const std::size_t count = std::min(load_.batch, left());
    body_ = load_.batch == 1 ? R"({"message":)" : R"({"messages":[)";
    for (std::size_t i = 0; i < count; ++i) {
      body_.append(i == 0 ? "" : ",").append(R"({"to":"+1555)");
      append_number();
      body_.append(R"(","messengerId":")").append(load_.messenger_id);
      if (!load_.priority.empty()) {
        body_.append(R"(","priority":")").append(load_.priority);
      }
      body_.append(R"(","body":")").append(text) += R"("})";
    }
    body_ += load_.batch == 1 ? "}" : "]}";
    request = "POST /api/message/send HTTP/1.1\r\nHost: host\r\nAuthorization: ";
    request.append(HostProcess::api_key)
        .append("\r\nContent-Type: application/json\r\nContent-Length: ")
        .append(std::to_string(body_.size()))
        .append("\r\n\r\n")
        .append(body_);
    return count;
  }

 private:
  void append_number() {
    const std::string digits = std::to_string(next_++);
    body_.append(7 - std::min<std::size_t>(7, digits.size()), '0').append(digits);
  }

  const Load& load_;
  std::size_t next_;
  std::string body_;
};

}  // namespace

void hand_in(const Load& load) {
  Requests requests(load);
  std::string request;
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  std::vector<std::unique_ptr<Connection>> connections;
  std::size_t waiting = 0;
  const auto send_next = [&](Connection& connection) {
    if (requests.left() > 0) {
      const std::size_t count = requests.write(request);
      connection.send(request, count);
      ++waiting;
    }
  };
  for (std::size_t i = 0; i < load.connections; ++i) {
    connections.push_back(std::make_unique<Connection>(load.url));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = connections.back().get();
    epoll_ctl(epoll, EPOLL_CTL_ADD, connections.back()->socket(), &event);
    send_next(*connections.back());
  }
  std::array<epoll_event, 256> events;
  while (waiting > 0) {
    const int count = epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < count; ++i) {
      auto& connection = *static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
      if (connection.receive()) {
        --waiting;
        send_next(connection);
      }
    }
  }
  ::close(epoll);
}

}  // namespace messenger::benchmark
