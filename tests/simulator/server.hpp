#pragma once

#include <boost/asio/ssl.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "simulator/http.hpp"
#include "simulator/options.hpp"
#include "simulator/postman.hpp"
#include "simulator/site.hpp"

namespace messenger::simulator {

/// Listens, accepts and hands each connection to a session of its own.
class Server {
 public:
  /// Binds and listens; the site and the context must outlive it. Throws when the address is taken or the
  /// certificate cannot be read.
  Server(asio::io_context& context, Site& site, const Options& options);

  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// http://127.0.0.1:PORT
  std::string url() const;
  std::uint16_t port() const { return port_; }

 private:
  asio::awaitable<void> accept_all();
  asio::awaitable<void> keep_time();
  void serve_connection(asio::ip::tcp::socket socket);

  asio::io_context& context_;
  Site& site_;
  std::optional<asio::ssl::context> tls_;
  asio::ip::tcp::acceptor acceptor_;
  asio::system_timer next_step_;
  Postman postman_;
  std::string host_;
  std::uint16_t port_;
  std::uint64_t connections_ = 0;
};

}  // namespace messenger::simulator
