// SPDX-License-Identifier: Apache-2.0
#include "api/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <optional>

#include "api/errors.hpp"
#include "api/pending_reply.hpp"
#include "api/request_id.hpp"

namespace messenger::host {

namespace http = beast::http;

namespace {

constexpr auto as_tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds close_timeout{2};

using Parser = http::request_parser<http::string_body>;
using Answer = http::response<http::string_body>;

// The status of a request that cannot be read; nothing when the client is gone or its time is up, which ends the
// connection.
std::optional<http::status> status_of(const beast::error_code& error) {
  if (error == http::error::header_limit) {
    return http::status::request_header_fields_too_large;
  }
  if (error == http::error::body_limit) {
    return http::status::payload_too_large;
  }
  if (error == http::error::end_of_stream || error == http::error::partial_message) {
    return std::nullopt;
  }
  const bool malformed = error.category() == http::make_error_code(http::error::bad_method).category();
  return malformed ? std::optional{http::status::bad_request} : std::nullopt;
}

Answer to_answer(const Response& response, const std::string& request_id) {
  Answer answer{http::int_to_status(response.status), 11};
  answer.set(http::field::cache_control, "no-cache");
  answer.set("X-Request-Id", request_id);
  for (const auto& [name, value] : response.headers) {
    answer.set(name, value);
  }
  if (!response.body.empty() && answer.find(http::field::content_type) == answer.end()) {
    answer.set(http::field::content_type, "application/json; charset=UTF-8");
  }
  answer.body() = response.body;
  return answer;
}

// Credentials are for this host alone.
bool is_credential(http::field name) noexcept {
  return name == http::field::authorization || name == http::field::proxy_authorization || name == http::field::cookie;
}

std::vector<std::pair<std::string, std::string>> headers_of(const Parser::value_type& message) {
  std::vector<std::pair<std::string, std::string>> headers;
  for (const auto& field : message) {
    if (!is_credential(field.name())) {
      headers.emplace_back(field.name_string(), field.value());
    }
  }
  return headers;
}

asio::awaitable<void> shake_hands(PlainStream&) {
  co_return;
}

asio::awaitable<void> shake_hands(TlsStream& stream) {
  co_await stream.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
}

asio::awaitable<void> say_goodbye(PlainStream&) {
  co_return;
}

asio::awaitable<void> say_goodbye(TlsStream& stream) {
  co_await stream.async_shutdown(as_tuple);
}

// Ends in good order: closing a socket while bytes wait in it would send a RST, which can overtake the answer.
template <class Stream>
asio::awaitable<void> end(Stream& stream) {
  auto& lowest = beast::get_lowest_layer(stream);
  lowest.expires_after(close_timeout);
  co_await say_goodbye(stream);
  beast::error_code error;
  lowest.socket().shutdown(asio::socket_base::shutdown_send, error);
  std::array<char, 4'096> forgotten;
  while (!error) {
    std::tie(error, std::ignore) = co_await lowest.async_read_some(asio::buffer(forgotten), as_tuple);
  }
  lowest.close();
}

template <class Stream>
class Session final : public ClientConnection {
 public:
  Session(Stream stream, ConnectionShared& shared) : stream_(std::move(stream)), shared_(shared) {
    shared_.open.insert(this);
  }
  ~Session() {
    shared_.open.erase(this);
    shared_.closed();
  }

  void close_if_idle() override {
    if (idle_ && !(parser_ && parser_->got_some())) {
      close();
    }
  }
  void close() override { lowest().close(); }

  asio::awaitable<void> run() {
    lowest().expires_after(shared_.options.header_timeout);
    co_await shake_hands(stream_);
    // gcc 12 miscompiles `while (co_await exchange());`.
    bool more = true;
    while (more) {
      more = co_await exchange();
    }
    co_await end(stream_);
  }

 private:
  beast::tcp_stream& lowest() { return beast::get_lowest_layer(stream_); }

  // One request and its answer; whether another may follow.
  asio::awaitable<bool> exchange() {
    parser_.emplace();
    parser_->header_limit(shared_.options.max_header_bytes);
    parser_->body_limit(shared_.options.max_body_bytes);
    const auto error = co_await read();
    request_id_ = request_id(parser_->get()["X-Request-Id"]);
    if (error) {
      co_return co_await refuse(error);
    }
    auto& message = parser_->get();
    Request request;
    request.most_body = shared_.options.max_body_bytes;
    request.id = request_id_;
    request.method = message.method_string();
    request.authorization = message[http::field::authorization];
    request.content_type = message[http::field::content_type];
    request.headers = headers_of(message);
    request.body = std::move(message.body());
    if (!set_target(request, message.target())) {
      co_return co_await end_with(http::status::bad_request);
    }
    const auto response = co_await async_route(shared_.router, std::move(request), shared_.workers,
                                               stream_.get_executor(), asio::use_awaitable);
    co_return co_await answer(response, message.keep_alive());
  }

  asio::awaitable<beast::error_code> read() {
    auto error = co_await wait_for_request();
    if (!error) {
      lowest().expires_after(shared_.options.header_timeout);
      std::tie(error, std::ignore) = co_await http::async_read_header(stream_, buffer_, *parser_, as_tuple);
    }
    if (!error && beast::iequals(parser_->get()[http::field::expect], "100-continue")) {
      error = co_await invite_body();
    }
    if (!error) {
      lowest().expires_after(shared_.options.body_timeout);
      std::tie(error, std::ignore) = co_await http::async_read(stream_, buffer_, *parser_, as_tuple);
    }
    co_return error;
  }

  // Until its first byte: a client may keep its connection for long, but not send a header for long.
  asio::awaitable<beast::error_code> wait_for_request() {
    beast::error_code error;
    if (buffer_.size() == 0) {
      idle_ = true;
      lowest().expires_after(shared_.stopping ? std::chrono::milliseconds(0) : shared_.options.idle_timeout);
      std::tie(error, std::ignore) = co_await http::async_read_some(stream_, buffer_, *parser_, as_tuple);
      idle_ = false;
    }
    co_return error;
  }

  asio::awaitable<beast::error_code> invite_body() {
    http::response<http::empty_body> response{http::status::continue_, 11};
    const auto [error, size] = co_await http::async_write(stream_, response, as_tuple);
    co_return error;
  }

  asio::awaitable<bool> refuse(const beast::error_code& error) {
    const auto status = status_of(error);
    if (!status) {
      co_return false;
    }
    shared_.log.info("Refused a request.", {{"requestId", request_id_}, {"reason", error.message()}});
    co_return co_await end_with(*status);
  }

  asio::awaitable<bool> end_with(http::status status) {
    Response response = empty_response(static_cast<unsigned>(status));
    if (status == http::status::bad_request) {
      Errors errors;
      errors.add_general("malformedRequest", "The request is not HTTP, or its target is malformed.");
      response = errors.response();
    }
    co_return co_await answer(response, false);
  }

  asio::awaitable<bool> answer(const Response& response, bool keep_alive) {
    Answer message = to_answer(response, request_id_);
    message.keep_alive(keep_alive && !shared_.stopping);
    message.prepare_payload();
    lowest().expires_after(shared_.options.body_timeout);
    const auto [error, size] = co_await http::async_write(stream_, message, as_tuple);
    co_return !error && message.keep_alive();
  }

  Stream stream_;
  ConnectionShared& shared_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  std::string request_id_;
  bool idle_ = false;
};

template <class Stream>
asio::awaitable<void> serve_any(Stream stream, ConnectionShared& shared) {
  try {
    Session<Stream> session(std::move(stream), shared);
    co_await session.run();
  } catch (const boost::system::system_error&) {
    // The client is gone or speaks no TLS: the end of this connection and of nothing else.
  }
}

}  // namespace

asio::awaitable<void> serve(PlainStream stream, ConnectionShared& shared) {
  return serve_any(std::move(stream), shared);
}

asio::awaitable<void> serve(TlsStream stream, ConnectionShared& shared) {
  return serve_any(std::move(stream), shared);
}

asio::awaitable<void> turn_away(PlainStream stream) {
  Response response = empty_response(503);
  response.headers.emplace_back("Retry-After", "1");
  Answer answer = to_answer(response, request_id({}));
  answer.keep_alive(false);
  answer.prepare_payload();
  stream.expires_after(close_timeout);
  const auto [error, size] = co_await http::async_write(stream, answer, as_tuple);
  if (!error) {
    co_await end(stream);
  }
}

}  // namespace messenger::host
