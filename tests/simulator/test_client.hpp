#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/http.hpp"
#include "simulator/simulator.hpp"

namespace messenger::simulator {

/// What a test sends.
struct Call {
  http::verb method = http::verb::get;
  std::string target;
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
};

inline Request to_request(const Call& call) {
  Request request{call.method, call.target, 11, call.body};
  request.set(http::field::host, "127.0.0.1");
  for (const auto& [name, value] : call.headers) request.insert(name, value);
  request.prepare_payload();
  return request;
}

/// A plain blocking HTTP client, one TCP connection, that hides nothing of what goes wrong.
class TestClient {
 public:
  explicit TestClient(const Simulator& simulator) {
    stream_.connect(asio::ip::tcp::endpoint{asio::ip::address_v4::loopback(), simulator.port()});
  }

  void send(const Call& call) { http::write(stream_, to_request(call)); }
  void send_bytes(std::string_view bytes) { asio::write(stream_, asio::buffer(bytes)); }

  /// Throws boost::system::system_error when no complete answer comes.
  Response receive() {
    Response response;
    http::read(stream_, buffer_, response);
    return response;
  }

  /// Why no complete answer comes; no error when one does.
  beast::error_code receive_error() {
    Response response;
    beast::error_code error;
    http::read(stream_, buffer_, response, error);
    return error;
  }

  /// What comes until the connection ends, as it is.
  std::string receive_bytes() {
    std::string bytes;
    beast::error_code end;
    asio::read(stream_.socket(), asio::dynamic_buffer(bytes), end);
    return bytes;
  }

  Response exchange(const Call& call) {
    send(call);
    return receive();
  }

  asio::ip::tcp::socket& socket() { return stream_.socket(); }

 private:
  asio::io_context context_;
  beast::tcp_stream stream_{context_};
  beast::flat_buffer buffer_;
};

}  // namespace messenger::simulator
