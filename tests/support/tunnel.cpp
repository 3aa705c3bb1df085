// SPDX-License-Identifier: Apache-2.0
#include "tunnel.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace messenger::test {

namespace {

// "CONNECT host:port HTTP/1.1"
unsigned short port_of(const std::string& request) {
  const auto line = request.substr(0, request.find(" HTTP/"));
  return static_cast<unsigned short>(std::atoi(line.c_str() + line.rfind(':') + 1));
}

// False at the end of the stream.
bool pass_on(int from, int to) {
  std::array<char, 16'384> bytes{};
  const ssize_t got = ::read(from, bytes.data(), bytes.size());
  for (ssize_t sent = 0; sent < got;) {
    const ssize_t more = ::send(to, bytes.data() + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
    if (more <= 0) {
      return false;
    }
    sent += more;
  }
  return got > 0;
}

}  // namespace

void tunnel(Connection& connection) {
  const auto request = connection.read_request();
  boost::asio::io_context context;
  boost::asio::ip::tcp::socket target(context);
  boost::system::error_code error;
  target.connect({boost::asio::ip::address_v4::loopback(), port_of(request)}, error);
  if (!request.starts_with("CONNECT ") || error) {
    connection.answer("", "502 Bad Gateway");
    return;
  }
  connection.write("HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n");
  const std::array<int, 2> ends{connection.native(), target.native_handle()};
  for (bool open = true; open;) {
    std::array<pollfd, 2> waiting{{{ends[0], POLLIN, 0}, {ends[1], POLLIN, 0}}};
    ::poll(waiting.data(), waiting.size(), -1);
    for (std::size_t i = 0; i < 2 && open; ++i) {
      open = waiting[i].revents == 0 || pass_on(ends[i], ends[1 - i]);
    }
  }
}

}  // namespace messenger::test
