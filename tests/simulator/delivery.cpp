#include "simulator/delivery.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

#include "simulator/stream.hpp"

namespace messenger::simulator {
namespace {

std::string header_of(const Response& response) {
  std::ostringstream text;
  text << response.base();
  return text.str();
}

/// One delivery on one connection.
template <class Stream>
class Courier {
 public:
  Courier(Stream& stream, const Response& response, bool head_only)
      : stream_{stream},
        header_{header_of(response)},
        body_{head_only ? std::string_view{} : std::string_view{response.body()}},
        keep_alive_{!response.need_eof()} {}

  asio::awaitable<bool> operator()(const Whole&) {
    co_await write(header_ + std::string{body_});
    co_return co_await finish(keep_alive_);
  }

  asio::awaitable<bool> operator()(const Drip& drip) {
    const std::string text = header_ + std::string{body_};
    for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(std::min(drip.bytes, rest.size()))) {
      co_await write(rest.substr(0, drip.bytes));
      co_await pause(drip.interval);
    }
    co_return co_await finish(keep_alive_);
  }

  asio::awaitable<bool> operator()(const Truncate& truncate) {
    co_await write(header_ + std::string{body_.substr(0, truncate.bytes)});
    co_return co_await finish(false);
  }

  asio::awaitable<bool> operator()(const Garbage&) {
    co_await write("\x16\x03\x01 this is no HTTP\r\n\r\n");
    co_return co_await finish(false);
  }

  asio::awaitable<bool> operator()(const Silence&) {
    beast::get_lowest_layer(stream_).expires_never();
    co_await drain(stream_);
    co_return false;
  }

  asio::awaitable<bool> operator()(const Reset&) {
    reset(stream_);
    co_return false;
  }

  asio::awaitable<bool> operator()(const Close&) { return finish(false); }

 private:
  asio::awaitable<void> write(std::string_view text) {
    beast::get_lowest_layer(stream_).expires_after(idle_timeout);
    co_await asio::async_write(stream_, asio::buffer(text), asio::use_awaitable);
  }

  asio::awaitable<bool> finish(bool keep) {
    if (!keep) co_await close(stream_);
    co_return keep;
  }

  Stream& stream_;
  std::string header_;
  std::string_view body_;
  bool keep_alive_;
};

}  // namespace

template <class Stream>
asio::awaitable<bool> deliver(Stream& stream, const Delivery& delivery, const Response& response, bool head_only) {
  Courier<Stream> courier{stream, response, head_only};
  co_return co_await std::visit(courier, delivery);
}

template asio::awaitable<bool> deliver(PlainStream&, const Delivery&, const Response&, bool);
template asio::awaitable<bool> deliver(TlsStream&, const Delivery&, const Response&, bool);

asio::awaitable<void> pause(std::chrono::milliseconds duration) {
  if (duration.count() == 0) co_return;
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer{executor, duration};
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace messenger::simulator
