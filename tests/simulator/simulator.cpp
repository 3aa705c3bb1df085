#include "simulator/simulator.hpp"

#include <optional>
#include <thread>
#include <utility>

#include "simulator/fault_rules.hpp"
#include "simulator/http.hpp"
#include "simulator/object_reader.hpp"
#include "simulator/server.hpp"
#include "simulator/site.hpp"

namespace messenger::simulator {

class Simulator::Engine {
 public:
  explicit Engine(Options options) : options_{std::move(options)}, site_{options_} {
    check(options_);
    parse_listen(options_.listen);
  }

  ~Engine() { stop(); }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void start() {
    if (thread_.joinable()) return;
    context_ = std::make_unique<asio::io_context>(1);
    server_.emplace(*context_, site_, options_);
    url_ = server_->url();
    port_ = server_->port();
    thread_ = std::thread{[this] { context_->run(); }};
  }

  void stop() {
    if (!thread_.joinable()) return;
    context_->stop();
    thread_.join();
    server_.reset();
    // Destroys the suspended sessions, which closes their connections.
    context_.reset();
  }

  template <class Call>
  auto with_site(Call call) {
    if (!thread_.joinable()) return call(site_);
    return asio::dispatch(*context_, asio::use_future([&] { return call(site_); })).get();
  }

  const std::string& url() const { return url_; }
  std::uint16_t port() const { return port_; }

 private:
  Options options_;
  Site site_;
  std::unique_ptr<asio::io_context> context_;
  std::optional<Server> server_;
  std::string url_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

Simulator::Simulator(Options options) : engine_{std::make_unique<Engine>(std::move(options))} {}

Simulator::~Simulator() = default;

void Simulator::start() {
  engine_->start();
}

void Simulator::stop() {
  engine_->stop();
}

const std::string& Simulator::url() const {
  return engine_->url();
}

std::uint16_t Simulator::port() const {
  return engine_->port();
}

json::array Simulator::requests(std::string_view path_prefix) {
  return engine_->with_site([&](Site& site) { return site.requests().list(path_prefix); });
}

json::array Simulator::messages() {
  return engine_->with_site([](Site& site) { return list_messages(site.store()); });
}

json::array Simulator::callbacks() {
  return engine_->with_site([](Site& site) { return site.callbacks().list(); });
}

void Simulator::add_fault(std::string_view rule) {
  FaultRule parsed = parse_fault_rule(parse_json(rule));
  engine_->with_site([&](Site& site) { site.faults().add(std::move(parsed)); });
}

void Simulator::clear() {
  engine_->with_site([](Site& site) {
    site.requests().clear();
    site.store().clear("Messages");
    site.faults().clear();
    site.callbacks().clear();
    site.callbacks().faults().clear();
  });
}

}  // namespace messenger::simulator
