// SPDX-License-Identifier: Apache-2.0
#include "api_client.hpp"

#include <boost/algorithm/string/case_conv.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/parse.hpp>
#include <boost/url/parse.hpp>
#include <optional>
#include <stdexcept>

namespace messenger::test {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

class ApiClient::Impl {
 public:
  Impl(const std::string& url, std::string key, const std::string& ca_file) : key_(std::move(key)) {
    const auto parsed = boost::urls::parse_uri(url).value();
    socket_.connect({asio::ip::make_address(std::string(parsed.host_address())), parsed.port_number()});
    if (parsed.scheme() != "https") {
      return;
    }
    if (!ca_file.empty()) {
      tls_.load_verify_file(ca_file);
      tls_.set_verify_mode(asio::ssl::verify_peer);
    }
    stream_.emplace(socket_, tls_);
    stream_->handshake(asio::ssl::stream_base::client);
  }

  void send(const std::string& method, const std::string& target, const std::string& body, const Headers& headers) {
    http::request<http::string_body> request;
    request.method_string(method);
    request.target(target);
    request.version(11);
    request.set(http::field::host, "127.0.0.1");
    if (!key_.empty()) {
      request.set(http::field::authorization, key_);
    }
    if (!body.empty()) {
      request.set(http::field::content_type, "application/json");
    }
    for (const auto& [name, value] : headers) {
      request.set(name, value);
    }
    request.body() = body;
    request.prepare_payload();
    with_stream([&](auto& stream) { http::write(stream, request); });
  }

  void send_bytes(std::string_view bytes) {
    with_stream([&](auto& stream) { asio::write(stream, asio::buffer(bytes)); });
  }

  ApiAnswer receive() {
    http::response<http::string_body> response;
    with_stream([&](auto& stream) { http::read(stream, buffer_, response); });
    ApiAnswer answer{response.result_int(), {}, response.body()};
    for (const auto& field : response) {
      answer.headers[boost::to_lower_copy(std::string(field.name_string()))] = field.value();
    }
    return answer;
  }

  bool ended_within(std::chrono::milliseconds time) {
    char byte;
    boost::system::error_code result = asio::error::would_block;
    socket_.async_read_some(asio::buffer(&byte, 1), [&](auto error, std::size_t) { result = error; });
    context_.restart();
    context_.run_for(time);
    if (result == asio::error::would_block) {
      socket_.cancel();
      context_.run();
    }
    return result == asio::error::eof || result == asio::error::connection_reset;
  }

 private:
  template <class Work>
  void with_stream(Work work) {
    if (stream_) {
      work(*stream_);
    } else {
      work(socket_);
    }
  }

  std::string key_;
  asio::io_context context_;
  asio::ssl::context tls_{asio::ssl::context::tls_client};
  tcp::socket socket_{context_};
  std::optional<asio::ssl::stream<tcp::socket&>> stream_;
  beast::flat_buffer buffer_;
};

boost::json::object ApiAnswer::json() const {
  return boost::json::parse(body).as_object();
}

ApiClient::ApiClient(const std::string& url, std::string key, const std::string& ca_file)
    : impl_(std::make_unique<Impl>(url, std::move(key), ca_file)) {}

ApiClient::~ApiClient() = default;

ApiAnswer ApiClient::call(const std::string& method, const std::string& target, const std::string& body,
                          const Headers& headers) {
  impl_->send(method, target, body, headers);
  return impl_->receive();
}

void ApiClient::send_bytes(std::string_view bytes) {
  impl_->send_bytes(bytes);
}

ApiAnswer ApiClient::receive() {
  return impl_->receive();
}

bool ApiClient::ended_within(std::chrono::milliseconds time) {
  return impl_->ended_within(time);
}

}  // namespace messenger::test
