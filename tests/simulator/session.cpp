#include "simulator/session.hpp"

#include <optional>
#include <utility>

#include "simulator/delivery.hpp"

namespace messenger::simulator {
namespace {

constexpr std::uint32_t header_limit = 64 * 1024;
constexpr std::uint64_t body_limit = 1024 * 1024;

using Parser = http::request_parser<http::string_body>;

/// The answer to a request that cannot be read; nothing when the connection is simply gone.
std::optional<http::status> status_of(const beast::error_code& error) {
  if (error == http::error::header_limit) return http::status::request_header_fields_too_large;
  if (error == http::error::body_limit) return http::status::payload_too_large;
  if (error == http::error::end_of_stream || error == http::error::partial_message) return std::nullopt;
  const bool malformed = error.category() == http::make_error_code(http::error::bad_method).category();
  return malformed ? std::optional{http::status::bad_request} : std::nullopt;
}

Response to_response(const CannedAnswer& answer) {
  Response response;
  response.result(answer.status);
  if (!answer.body.empty()) response.set(http::field::content_type, answer.content_type);
  for (const auto& [name, value] : answer.headers) response.set(name, value);
  response.body() = answer.body;
  return response;
}

template <class Stream>
class Session {
 public:
  Session(Stream& stream, Site& site, std::uint64_t connection)
      : stream_{stream}, site_{site}, connection_{connection} {}

  asio::awaitable<void> run() {
    co_await shake_hands(stream_);
    client_ = {connection_, client_name(stream_)};
    // gcc 12 miscompiles `while (co_await exchange());`.
    bool more = true;
    while (more) more = co_await exchange();
  }

 private:
  /// One request and its answer; returns whether another may follow.
  asio::awaitable<bool> exchange() {
    Parser parser;
    parser.header_limit(header_limit);
    parser.body_limit(body_limit);
    if (const auto error = co_await read_header(parser)) co_return co_await refuse(parser, error);
    const Site::InFlight in_flight{site_};
    const Fault fault = site_.fault_for(parser.get());
    if (!fault.resets(ResetPoint::before)) {
      if (const auto error = co_await read_body(parser)) co_return co_await refuse(parser, error);
    }
    site_.record(parser.get(), client_);
    co_return co_await answer(parser.get(), fault);
  }

  asio::awaitable<beast::error_code> read_header(Parser& parser) {
    beast::get_lowest_layer(stream_).expires_after(idle_timeout);
    auto [error, size] =
        co_await http::async_read_header(stream_, buffer_, parser, asio::as_tuple(asio::use_awaitable));
    co_return error;
  }

  asio::awaitable<beast::error_code> read_body(Parser& parser) {
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) co_await write_continue();
    beast::get_lowest_layer(stream_).expires_after(idle_timeout);
    auto [error, size] = co_await http::async_read(stream_, buffer_, parser, asio::as_tuple(asio::use_awaitable));
    co_return error;
  }

  asio::awaitable<void> write_continue() {
    http::response<http::empty_body> response{http::status::continue_, 11};
    co_await http::async_write(stream_, response, asio::use_awaitable);
  }

  /// Ends a request that could not be read to its end. It has arrived only if its header has.
  asio::awaitable<bool> refuse(Parser& parser, beast::error_code error) {
    if (parser.is_header_done() || error == http::error::body_limit) site_.record(parser.get(), client_);
    const auto status = status_of(error);
    if (!status) co_return false;
    Response response = message_response(*status, error.message());
    response.keep_alive(false);
    response.prepare_payload();
    co_return co_await deliver(stream_, Whole{}, response, false);
  }

  asio::awaitable<bool> answer(const Request& request, const Fault& fault) {
    Response response;
    if (fault.answer) response = to_response(*fault.answer);
    if (fault.processes()) response = site_.answer(request);
    response.version(request.version());
    response.keep_alive(request.keep_alive());
    response.prepare_payload();
    co_await pause(fault.delay);
    co_return co_await deliver(stream_, fault.delivery, response, request.method() == http::verb::head);
  }

  Stream& stream_;
  Site& site_;
  std::uint64_t connection_;
  Client client_;
  beast::flat_buffer buffer_;
};

template <class Stream>
asio::awaitable<void> serve_any(Stream& stream, Site& site, std::uint64_t connection) {
  try {
    Session<Stream> session{stream, site, connection};
    co_await session.run();
  } catch (const boost::system::system_error&) {
    // The client is gone or speaks no TLS: the end of this connection and of nothing else.
  }
}

}  // namespace

asio::awaitable<void> serve(PlainStream stream, Site& site, std::uint64_t connection) {
  co_await serve_any(stream, site, connection);
}

asio::awaitable<void> serve(TlsStream stream, Site& site, std::uint64_t connection) {
  co_await serve_any(stream, site, connection);
}

}  // namespace messenger::simulator
