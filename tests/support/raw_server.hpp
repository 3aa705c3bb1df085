// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace messenger::test {

/// One accepted connection, in the hands of a test's script. Blocking.
class Connection {
 public:
  Connection(boost::asio::ip::tcp::socket socket, int number) : socket_(std::move(socket)), number_(number) {}

  /// The next whole request (header and Content-Length body), or "" when the peer has gone.
  std::string read_request();
  void write(std::string_view bytes);
  /// A complete 200 answer that keeps the connection.
  void answer(std::string_view body = "{}", std::string_view status = "200 OK", std::string_view headers = "");
  int native() { return socket_.native_handle(); }
  /// Ends the connection with RST instead of FIN.
  void reset();
  void close();
  /// From 1, in the order of arrival.
  int number() const noexcept { return number_; }

 private:
  friend class RawServer;
  boost::asio::ip::tcp::socket socket_;
  std::string buffer_;
  int number_;
};

/// A loopback server whose answers a test writes byte by byte, for what a real HTTP server would never do.
class RawServer {
 public:
  using Script = std::function<void(Connection&)>;

  /// The script runs once for each connection, on a thread of its own; the connection closes when it returns. Every
  /// thread of the server calls at_thread_start first, if there is one.
  explicit RawServer(Script script, void (*at_thread_start)() = nullptr);
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;
  ~RawServer();

  std::string url(std::string_view path = "") const;
  unsigned short port() const { return port_; }
  int connections() const { return accepted_.load(); }
  /// Every request that read_request() has given to the script.
  std::vector<std::string> requests() const;

 private:
  void accept();
  void enter_thread() const;

  Script script_;
  void (*at_thread_start_)();
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  unsigned short port_;
  std::atomic<int> accepted_{0};
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::list<Connection> connections_;  // guarded by mutex_
  std::vector<std::thread> scripts_;   // guarded by mutex_
  std::vector<std::string> requests_;  // guarded by mutex_
  std::thread acceptor_thread_;
  static thread_local RawServer* current_;
  friend class Connection;
};

/// A loopback port on which nothing listens.
unsigned short closed_port();

}  // namespace messenger::test
