#pragma once

#include <boost/asio/ssl.hpp>
#include <boost/beast/ssl.hpp>
#include <string>

#include "simulator/http.hpp"

namespace messenger::simulator {

using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;

/// Ends the connection with a TCP RST.
template <class Stream>
void reset(Stream& stream) {
  beast::error_code ignored;
  auto& socket = beast::get_lowest_layer(stream).socket();
  socket.set_option(asio::socket_base::linger{true, 0}, ignored);
  socket.close(ignored);
}

/// Does what TLS has to do before the first and after the last byte; nothing without TLS.
asio::awaitable<void> shake_hands(PlainStream& stream);
asio::awaitable<void> shake_hands(TlsStream& stream);

/// The common name in the client's certificate; empty when it has shown none.
std::string client_name(PlainStream& stream);
std::string client_name(TlsStream& stream);

/// Ends the connection in good order, so that the peer can still read what was sent.
asio::awaitable<void> close(PlainStream& stream);
asio::awaitable<void> close(TlsStream& stream);

/// Reads and forgets until the peer goes.
asio::awaitable<void> drain(PlainStream& stream);
asio::awaitable<void> drain(TlsStream& stream);

}  // namespace messenger::simulator
