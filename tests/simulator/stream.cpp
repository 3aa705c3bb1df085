#include "simulator/stream.hpp"

#include <array>
#include <chrono>

namespace messenger::simulator {
namespace {

constexpr auto ignore_errors = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds handshake_timeout{30};
constexpr std::chrono::seconds close_timeout{2};

template <class Stream>
asio::awaitable<void> drain_any(Stream& stream) {
  std::array<char, 512> forgotten{};
  for (;;) {
    const auto [error, size] = co_await stream.async_read_some(asio::buffer(forgotten), ignore_errors);
    if (error) co_return;
  }
}

}  // namespace

asio::awaitable<void> drain(PlainStream& stream) {
  return drain_any(stream);
}

asio::awaitable<void> drain(TlsStream& stream) {
  return drain_any(stream);
}

asio::awaitable<void> shake_hands(PlainStream&) {
  co_return;
}

asio::awaitable<void> shake_hands(TlsStream& stream) {
  beast::get_lowest_layer(stream).expires_after(handshake_timeout);
  co_await stream.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
}

std::string client_name(PlainStream&) {
  return {};
}

std::string client_name(TlsStream& stream) {
  X509* const certificate = SSL_get0_peer_certificate(stream.native_handle());
  std::array<char, 256> name{};
  if (certificate != nullptr) {
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(), name.size());
  }
  return name.data();
}

// Closing a socket while bytes wait in it would make the kernel send a RST, which can overtake the answer.
asio::awaitable<void> close(PlainStream& stream) {
  beast::error_code ignored;
  stream.socket().shutdown(asio::socket_base::shutdown_send, ignored);
  stream.expires_after(close_timeout);
  co_await drain(stream);
  stream.socket().close(ignored);
}

asio::awaitable<void> close(TlsStream& stream) {
  beast::get_lowest_layer(stream).expires_after(close_timeout);
  co_await stream.async_shutdown(ignore_errors);
  co_await close(stream.next_layer());
}

}  // namespace messenger::simulator
