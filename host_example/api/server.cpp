// SPDX-License-Identifier: Apache-2.0
#include "api/server.hpp"

#include <pthread.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <future>
#include <optional>
#include <stdexcept>
#include <thread>

#include "api/connection.hpp"

namespace messenger::host {

using asio::ip::tcp;

namespace {

constexpr auto as_tuple = asio::as_tuple(asio::use_awaitable);

tcp::endpoint parse_listen(const std::string& text) {
  const auto colon = text.rfind(':');
  const std::string port_text = colon == std::string::npos ? "" : text.substr(colon + 1);
  std::string host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  }
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
  boost::system::error_code bad_address;
  const auto address = asio::ip::make_address(host, bad_address);
  if (error != std::errc() || end != port_text.data() + port_text.size() || bad_address) {
    throw std::invalid_argument("listen: expected ADDRESS:PORT, as 127.0.0.1:9011 or [::1]:9011, but found " + text);
  }
  return {address, port};
}

tcp::acceptor listen_at(asio::io_context& context, const std::string& text) {
  const auto endpoint = parse_listen(text);
  try {
    return {context, endpoint};
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("listen: " + text + ": " + error.code().message());
  }
}

std::optional<asio::ssl::context> tls_of(const ServerOptions& options) {
  if (options.tls_certificate.empty() != options.tls_key.empty()) {
    throw std::invalid_argument("TLS needs both a certificate and a key.");
  }
  if (options.tls_certificate.empty()) {
    return std::nullopt;
  }
  asio::ssl::context tls(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
  // Without it OpenSSL asks on the terminal, where nobody is.
  bool encrypted = false;
  tls.set_password_callback([&encrypted](std::size_t, asio::ssl::context::password_purpose) {
    encrypted = true;
    return std::string();
  });
  const std::string* file = &options.tls_certificate;
  try {
    tls.use_certificate_chain_file(*file);
    file = &options.tls_key;
    tls.use_private_key_file(*file, asio::ssl::context::pem);
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error(*file + ": " + (encrypted ? "the key is encrypted" : error.code().message()));
  }
  return tls;
}

std::string url_of(const tcp::endpoint& endpoint, bool tls) {
  const auto address = endpoint.address().to_string();
  return (tls ? "https://" : "http://") + (endpoint.address().is_v6() ? "[" + address + "]" : address) + ":" +
         std::to_string(endpoint.port());
}

}  // namespace

class Server::Impl {
 public:
  Impl(ServerOptions options, const Router& router, const Log& log)
      : options_(std::move(options)),
        workers_(std::in_place, options_.workers),
        shared_{options_, router, log, *workers_},
        tls_(tls_of(options_)),
        acceptor_(listen_at(context_, options_.listen)),
        url_(url_of(acceptor_.local_endpoint(), tls_.has_value())) {
    shared_.closed = [this] { note_closed(); };
    asio::co_spawn(context_, accept_all(), asio::detached);
    thread_ = std::thread([this] {
      ::pthread_setname_np(::pthread_self(), "host-api");
      context_.run();
    });
  }

  ~Impl() { stop(std::chrono::milliseconds(0)); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  const std::string& url() const noexcept { return url_; }

  bool stop(std::chrono::milliseconds within) {
    if (!thread_.joinable()) {
      return true;
    }
    auto drained = drained_.get_future();
    asio::post(context_, [this] { begin_stop(); });
    const bool in_time = drained.wait_for(within) == std::future_status::ready;
    workers_->stop();  // what waits for one is dropped with its reply
    std::promise<void> closed;
    asio::post(context_, [&] {
      close_all();
      closed.set_value();
    });
    closed.get_future().wait();
    work_.reset();
    context_.stop();
    thread_.join();
    workers_->join();  // what runs waits for the store only, and that not for long
    workers_.reset();
    return in_time;
  }

 private:
  // Out of file descriptors passes by itself, so accepting goes on after a while.
  asio::awaitable<void> accept_all() {
    asio::steady_timer pause(context_);
    while (acceptor_.is_open()) {
      auto [error, socket] = co_await acceptor_.async_accept(as_tuple);
      if (!error) {
        take(std::move(socket));
      } else if (acceptor_.is_open()) {
        pause.expires_after(std::chrono::milliseconds(20));
        co_await pause.async_wait(as_tuple);
      }
    }
  }

  void take(tcp::socket socket) {
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    PlainStream stream(std::move(socket));
    if (shared_.open.size() >= options_.max_connections) {
      shared_.log.warning("Refused a connection: there are as many as may be.");
      if (!tls_) {  // in TLS nobody could read it before a handshake, which is what there is no room for
        asio::co_spawn(context_, turn_away(std::move(stream)), asio::detached);
      }
    } else if (tls_) {
      asio::co_spawn(context_, serve(TlsStream(std::move(stream), *tls_), shared_), asio::detached);
    } else {
      asio::co_spawn(context_, serve(std::move(stream), shared_), asio::detached);
    }
  }

  void begin_stop() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    shared_.stopping = true;
    const auto open = shared_.open;  // a copy: closing one may end it
    for (ClientConnection* const connection : open) {
      connection->close_if_idle();
    }
    note_closed();
  }

  void note_closed() {
    if (shared_.stopping && shared_.open.empty() && !std::exchange(told_, true)) {
      drained_.set_value();
    }
  }

  void close_all() const {
    const auto open = shared_.open;
    for (ClientConnection* const connection : open) {
      connection->close();
    }
  }

  // A connection that is still there when the context goes uses what stands above the context.
  const ServerOptions options_;
  std::optional<asio::thread_pool> workers_;
  ConnectionShared shared_;
  std::promise<void> drained_;
  bool told_ = false;
  std::optional<asio::ssl::context> tls_;
  asio::io_context context_{1};
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work_{context_.get_executor()};
  tcp::acceptor acceptor_;
  std::string url_;
  std::thread thread_;
};

Server::Server(const ServerOptions& options, const Router& router, const Log& log)
    : impl_(std::make_unique<Impl>(options, router, log)) {}

Server::~Server() = default;

const std::string& Server::url() const noexcept {
  return impl_->url();
}

bool Server::stop(std::chrono::milliseconds within) {
  return impl_->stop(within);
}

}  // namespace messenger::host
