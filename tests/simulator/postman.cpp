#include "simulator/postman.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "simulator/delivery.hpp"

namespace messenger::simulator {
namespace {

constexpr std::chrono::seconds answer_timeout{15};
constexpr std::chrono::milliseconds first_pause{100};

Request to_request(const twilio::Callback& callback, const twilio::LoopbackUrl& url) {
  Request request{http::verb::post, url.target, 11};
  request.set(http::field::host, url.host);
  request.set(http::field::user_agent, "TwilioProxy/1.1");
  request.set(http::field::content_type, callback.content_type);
  request.set("X-Twilio-Signature", callback.signature);
  request.keep_alive(false);
  request.body() = callback.body;
  request.prepare_payload();
  return request;
}

/// The status of the answer; throws boost::system::system_error when there is none.
asio::awaitable<unsigned> exchange(const Request& request, const twilio::LoopbackUrl& url) {
  beast::tcp_stream stream{co_await asio::this_coro::executor};
  stream.expires_after(answer_timeout);
  co_await stream.async_connect({asio::ip::make_address(url.address), url.port}, asio::use_awaitable);
  co_await http::async_write(stream, request, asio::use_awaitable);
  beast::flat_buffer buffer;
  Response response;
  co_await http::async_read(stream, buffer, response, asio::use_awaitable);
  co_return response.result_int();
}

asio::awaitable<void> attempt(twilio::Callback& callback) {
  const auto url = twilio::parse_loopback(callback.url);
  const Request request = to_request(callback, *url);
  ++callback.attempts;
  try {
    callback.answer = co_await exchange(request, *url);
    callback.state = "posted";
    callback.reason.clear();
  } catch (const boost::system::system_error& problem) {
    callback.state = "failed";
    callback.reason = problem.code().message();
  }
}

bool is_lost(const twilio::Callback& callback) {
  return callback.state == "failed" || callback.answer >= 500;
}

}  // namespace

Postman::Postman(asio::io_context& context, Callbacks& callbacks, unsigned retries)
    : context_{context}, callbacks_{callbacks}, retries_{retries} {
  callbacks_.abandon();
  callbacks_.on_ready([this] { post_all(); });
  post_all();
}

Postman::~Postman() {
  callbacks_.on_ready([] {});
}

void Postman::post_all() {
  for (auto callback = callbacks_.take(); callback; callback = callbacks_.take()) {
    asio::co_spawn(context_, post(std::move(*callback)), asio::detached);
  }
}

asio::awaitable<void> Postman::post(twilio::Callback callback) {
  co_await attempt(callback);
  for (unsigned retry = 0; retry < retries_ && is_lost(callback); ++retry) {
    co_await pause(first_pause * (1U << std::min(retry, 6U)));
    co_await attempt(callback);
  }
  callbacks_.finish(callback);
}

}  // namespace messenger::simulator
