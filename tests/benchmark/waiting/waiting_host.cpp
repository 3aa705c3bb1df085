// SPDX-License-Identifier: Apache-2.0
#include "waiting/waiting_host.hpp"

#include <signal.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "durable/family_times.hpp"
#include "durable/http_load.hpp"
#include "figures.hpp"
#include "postgres_server.hpp"
#include "process.hpp"

namespace json = boost::json;

namespace messenger::benchmark {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::chrono::minutes longest_wait{2};
constexpr std::size_t slots = 256;  // of a messenger; a campaign has three quarters
constexpr std::size_t campaign_chunk = 400;
constexpr std::size_t batch = 100;

// It may be silent for as long as the benchmark takes.
std::string patient(std::string config) {
  json::object members = json::parse(config).as_object();
  members["readTimeout"] = 3'600'000;
  return json::serialize(members);
}

// Stands still, but for as long as this lives.
class Running {
 public:
  explicit Running(const Server& provider) : provider_(provider) { ::kill(provider_.pid(), SIGCONT); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() { ::kill(provider_.pid(), SIGSTOP); }

 private:
  const Server& provider_;
};

json::value store_benchmark(const Database& database, const std::string& key_file, const std::string& codes_id,
                            const std::string& campaign_id, const std::vector<std::string>& more) {
  std::vector<std::string> arguments{std::string(MESSENGER_BIN_DIR) + "/messenger-store-benchmark",
                                     "--database",
                                     database.url,
                                     "--key-file",
                                     key_file,
                                     "--codes",
                                     codes_id,
                                     "--campaign",
                                     campaign_id,
                                     "--server",
                                     std::to_string(database.server),
                                     "--group",
                                     "256",
                                     "--json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const auto done = test::run(arguments);
  if (done.status != 0) {
    throw std::runtime_error("messenger-store-benchmark: " + done.err);
  }
  return done.out.empty() ? json::value() : json::parse(done.out);
}

}  // namespace

WaitingHost::WaitingHost(Database database, std::size_t waiting)
    : directory_("/var/tmp"), database_(std::move(database)), codes_({}), campaign_({}) {
  database_.url = database_.url.empty() ? "sqlite:" + directory_.path("host.db") : database_.url;
  ::kill(campaign_.pid(), SIGSTOP);
  launch();
  Workload workload = generic_workload(codes_.provider());
  codes_id_ = make_messenger(*host_, workload, "Codes");
  workload = generic_workload(campaign_.provider());
  workload.config = patient(workload.config);
  campaign_id_ = make_messenger(*host_, workload, "Campaign");
  host_->stop();
  host_.reset();
  fill(waiting);
}

// PostgreSQL would count and clean up some time later, beside what is measured. Now its planner knows that nothing has
// ever been sent, which is what it believes of a campaign for long.
void WaitingHost::fill(std::size_t waiting) {
  const Stopwatch watch;
  store_benchmark(database_, directory_.path("key"), codes_id_, campaign_id_,
                  {"--messages", "0", "--waiting", std::to_string(waiting)});
  filling_seconds_ = watch.cost(1).at(1) / 1e6;
  if (database_.server != 0) {
    test::PostgresServer::vacuum(database_.url);
  }
}

void WaitingHost::launch() {
  owed_ = 0;
  const std::string all = std::to_string(4 * slots);
  host_ = std::make_unique<HostProcess>(database_.url, directory_.path(""),
                                        std::vector<std::string>{"--slots", all, "--slots-per-messenger",
                                                                 std::to_string(slots), "--send-timeout", "3600"});
}

WaitingHost::Start WaitingHost::start() {
  Start start;
  const Stopwatch watch;
  launch();
  start.serves_ms = watch.cost(1).at(1) / 1'000;
  const auto before = codes_.requests();
  hand_in_more(codes_id_, "code", 1);
  wait_for(codes_, before + 1);
  start.sends_ms = watch.cost(1).at(1) / 1'000;
  return start;
}

WaitingHost::Cost WaitingHost::send_codes(std::size_t count) {
  wait_until_idle();
  host_->peak_kib();
  const double cpu_us = measure([&] {
    const auto before = codes_.requests();
    hand_in_more(codes_id_, "code", count);
    wait_for(codes_, before + count);
  });
  host_->answer_time("/api/message/queue");  // as operators do
  return {cpu_us / static_cast<double>(count), static_cast<double>(host_->peak_kib())};
}

// In chunks, and as many as the last one sent come behind: so even a short queue stays as long as it is.
WaitingHost::Cost WaitingHost::send_campaign(std::size_t count) {
  Cost cost;
  std::size_t sent = 0;
  wait_until_idle();
  host_->peak_kib();
  while (sent < count) {
    const auto before = campaign_.requests();
    cost.cpu_us += measure([&] { hand_in_more(campaign_id_, "notice", owed_); });
    cost.cpu_us += measure([&] {
      const Running running(campaign_);
      wait_for(campaign_, before + campaign_chunk);
    });
    owed_ = campaign_.requests() - before;
    sent += owed_;
  }
  return {cost.cpu_us / static_cast<double>(sent), static_cast<double>(host_->peak_kib())};
}

void WaitingHost::hand_in_more(const std::string& messenger_id, const std::string& priority, std::size_t count) {
  hand_in({host_->url(), messenger_id, next_, count, std::min(batch, count), 4, priority});
  next_ += count;
}

void WaitingHost::wait_for(const Server& provider, std::uint64_t requests) const {
  const auto end = Clock::now() + longest_wait;
  while (provider.requests() < requests) {
    if (Clock::now() > end) {
      throw std::runtime_error("not all messages were sent");
    }
    std::this_thread::sleep_for(milliseconds(1));
  }
}

// What was sent is recorded, and the next is leased.
void WaitingHost::wait_until_idle() const {
  constexpr double least_us = 500;
  constexpr int wanted = 3;
  const auto end = Clock::now() + longest_wait;
  double before = total(host_->times());
  for (int idle = 0; idle < wanted;) {
    std::this_thread::sleep_for(milliseconds(10));
    const double now = total(host_->times());
    idle = now - before < least_us ? idle + 1 : 0;
    before = now;
    if (Clock::now() > end) {
      throw std::runtime_error("messenger-host does not come to rest");
    }
  }
}

// CPU microseconds until all of it is done.
template <class Work>
double WaitingHost::measure(Work work) const {
  const auto server = family_times(database_.server);
  const auto host = host_->times();
  work();
  wait_until_idle();
  return total(host_->times() - host) + added(family_times(database_.server), server);
}

void WaitingHost::stop() {
  ::kill(campaign_.pid(), SIGCONT);
  host_->stop();
  host_.reset();
}

double WaitingHost::store_cost(const std::string& sent, std::size_t messages) const {
  return store_benchmark(database_, directory_.path("key"), codes_id_, campaign_id_,
                         {"--sent", sent, "--messages", std::to_string(messages), "--warm",
                          std::to_string(std::max<std::size_t>(messages / 4, 256))})
      .at("all")
      .to_number<double>();
}

}  // namespace messenger::benchmark
