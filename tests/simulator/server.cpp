#include "simulator/server.hpp"

#include <exception>
#include <iostream>
#include <utility>

#include "simulator/delivery.hpp"
#include "simulator/session.hpp"
#include "simulator/stream.hpp"

namespace messenger::simulator {
namespace {

using asio::ip::tcp;

tcp::endpoint endpoint_of(const Options& options) {
  const ListenAddress listen = parse_listen(options.listen);
  return {asio::ip::make_address(listen.address), listen.port};
}

std::optional<asio::ssl::context> tls_of(const Options& options) {
  if (options.certificate_file.empty()) return std::nullopt;
  asio::ssl::context tls{asio::ssl::context::tls_server};
  tls.use_certificate_chain_file(options.certificate_file);
  tls.use_private_key_file(options.key_file, asio::ssl::context::pem);
  if (!options.client_ca_file.empty()) {
    tls.load_verify_file(options.client_ca_file);
    tls.set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
    // Without it OpenSSL refuses to resume a session in which the client was verified.
    SSL_CTX_set_session_id_context(tls.native_handle(), reinterpret_cast<const unsigned char*>("simulator"), 9);
  }
  return tls;
}

std::string host_of(const asio::ip::address& address) {
  return address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
}

void report(std::exception_ptr failure) {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    std::cerr << "simulator: " << error.what() << '\n';
  }
}

}  // namespace

Server::Server(asio::io_context& context, Site& site, const Options& options)
    : context_{context},
      site_{site},
      tls_{tls_of(options)},
      acceptor_{context, endpoint_of(options)},
      next_step_{context},
      postman_{context, site.callbacks(), options.callback_retries},
      host_{host_of(acceptor_.local_endpoint().address())},
      port_{acceptor_.local_endpoint().port()} {
  site_.life().on_earlier([this] { next_step_.cancel(); });
  asio::co_spawn(context_, accept_all(), report);
  asio::co_spawn(context_, keep_time(), report);
}

Server::~Server() {
  site_.life().on_earlier([] {});
}

std::string Server::url() const {
  return (tls_ ? "https://" : "http://") + host_ + ":" + std::to_string(port_);
}

// Out of file descriptors is the one failure that passes by itself, so accepting goes on after a while.
asio::awaitable<void> Server::accept_all() {
  for (;;) {
    auto [error, socket] = co_await acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
    if (error) {
      co_await pause(std::chrono::milliseconds{10});
      continue;
    }
    serve_connection(std::move(socket));
  }
}

// One timer for all messages: it waits for the earliest step, and is woken when an earlier one is planned.
asio::awaitable<void> Server::keep_time() {
  for (;;) {
    site_.life().advance(std::chrono::system_clock::now());
    next_step_.expires_at(site_.life().next().value_or(twilio::Instant::max()));
    co_await next_step_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

void Server::serve_connection(tcp::socket socket) {
  const std::uint64_t connection = ++connections_;
  beast::error_code ignored;
  socket.set_option(tcp::no_delay{true}, ignored);
  PlainStream stream{std::move(socket)};
  if (site_.faults().strike_accept()) {
    reset(stream);
  } else if (tls_) {
    asio::co_spawn(context_, serve(TlsStream{std::move(stream), *tls_}, site_, connection), report);
  } else {
    asio::co_spawn(context_, serve(std::move(stream), site_, connection), report);
  }
}

}  // namespace messenger::simulator
