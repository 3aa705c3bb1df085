// SPDX-License-Identifier: Apache-2.0
#include "raw_server.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <charconv>

namespace messenger::test {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

namespace {

std::size_t content_length(std::string_view header) {
  constexpr std::string_view name = "\r\nContent-Length: ";
  std::size_t length = 0;
  if (const auto at = header.find(name); at != std::string_view::npos) {
    std::from_chars(header.data() + at + name.size(), header.data() + header.size(), length);
  }
  return length;
}

tcp::endpoint any_loopback_port() {
  return {asio::ip::address_v4::loopback(), 0};
}

}  // namespace

thread_local RawServer* RawServer::current_ = nullptr;

std::string Connection::read_request() {
  boost::system::error_code error;
  const std::size_t header = asio::read_until(socket_, asio::dynamic_buffer(buffer_), "\r\n\r\n", error);
  if (error) {
    return {};
  }
  const std::size_t whole = header + content_length(std::string_view(buffer_).substr(0, header));
  while (buffer_.size() < whole && !error) {
    std::array<char, 4096> chunk{};
    const std::size_t got = socket_.read_some(asio::buffer(chunk), error);
    buffer_.append(chunk.data(), got);
  }
  std::string request = buffer_.substr(0, whole);
  buffer_.erase(0, whole);
  const std::lock_guard lock(RawServer::current_->mutex_);
  RawServer::current_->requests_.push_back(request);
  return request;
}

void Connection::write(std::string_view bytes) {
  boost::system::error_code error;
  asio::write(socket_, asio::buffer(bytes), error);
}

void Connection::answer(std::string_view body, std::string_view status, std::string_view headers) {
  write("HTTP/1.1 " + std::string(status) + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
        std::string(headers) + "\r\n" + std::string(body));
}

void Connection::reset() {
  const std::lock_guard lock(RawServer::current_->mutex_);  // against the server's end, which shuts sockets down
  boost::system::error_code error;
  socket_.set_option(asio::socket_base::linger(true, 0), error);
  socket_.close(error);
}

void Connection::close() {
  const std::lock_guard lock(RawServer::current_->mutex_);
  boost::system::error_code error;
  socket_.shutdown(tcp::socket::shutdown_both, error);
  socket_.close(error);
}

RawServer::RawServer(Script script, void (*at_thread_start)())
    : script_(std::move(script)),
      at_thread_start_(at_thread_start),
      acceptor_(context_, any_loopback_port()),
      port_(acceptor_.local_endpoint().port()),
      acceptor_thread_(&RawServer::accept, this) {}

RawServer::~RawServer() {
  stopping_ = true;
  boost::system::error_code error;
  tcp::socket wake(context_);
  wake.connect({asio::ip::address_v4::loopback(), port_}, error);
  acceptor_thread_.join();
  {
    const std::lock_guard lock(mutex_);
    for (Connection& connection : connections_) {
      ::shutdown(connection.socket_.native_handle(), SHUT_RDWR);  // ends a script that reads
    }
  }
  for (std::thread& script : scripts_) {
    script.join();
  }
}

void RawServer::enter_thread() const {
  if (at_thread_start_ != nullptr) {
    at_thread_start_();
  }
}

void RawServer::accept() {
  enter_thread();
  while (true) {
    boost::system::error_code error;
    tcp::socket socket = acceptor_.accept(error);
    if (stopping_ || error) {
      return;
    }
    const int number = ++accepted_;
    const std::lock_guard lock(mutex_);
    Connection& connection = connections_.emplace_back(std::move(socket), number);
    scripts_.emplace_back([this, &connection] {
      enter_thread();
      current_ = this;
      script_(connection);
      connection.close();
    });
  }
}

std::string RawServer::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

std::vector<std::string> RawServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

unsigned short closed_port() {
  asio::io_context context;
  return tcp::acceptor(context, any_loopback_port()).local_endpoint().port();
}

}  // namespace messenger::test
