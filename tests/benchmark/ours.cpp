// SPDX-License-Identifier: Apache-2.0
#include "ours.hpp"

#include <atomic>
#include <chrono>
#include <semaphore>
#include <stdexcept>

#include "figures.hpp"

namespace messenger::benchmark {

namespace {

constexpr std::uint32_t most_in_flight = 16'384;

loader::Message the_message() {
  loader::Message message;
  message.to = recipient;
  message.body = text;
  return message;
}

loader::SendOptions the_options() {
  loader::SendOptions options;
  options.idempotency_key = idempotency_key;
  return options;
}

// All sends of one run. The completions hold a pointer to it and nothing else, which std::function keeps in place.
class Sender {
 public:
  Sender(loader::Registry& registry, const std::vector<std::string>& names, std::size_t count)
      : registry_(registry), names_(names), count_(count), left_to_end_(count) {}

  void feed_by_completions(std::size_t in_flight) {
    for (std::size_t i = 0; i < in_flight; ++i) {
      start([this](const loader::Result& result) { ended_and_refill(result); });
    }
    finished_.acquire();
  }

  void feed_from_here(std::size_t in_flight) {
    std::counting_semaphore<> places(static_cast<std::ptrdiff_t>(in_flight));
    places_ = &places;
    for (std::size_t i = 0; i < count_; ++i) {
      places.acquire();
      start([this](const loader::Result& result) {
        places_->release();
        ended(result);
      });
    }
    finished_.acquire();
  }

  bool failed() const { return failed_; }

 private:
  void start(loader::Completion done) {
    const std::size_t index = started_.fetch_add(1);
    if (index < count_) {
      registry_.send(names_[index % names_.size()], message_, options_, std::move(done));
    }
  }

  void ended_and_refill(const loader::Result& result) {
    start([this](const loader::Result& next) { ended_and_refill(next); });
    ended(result);
  }

  void ended(const loader::Result& result) {
    if (result.outcome != loader::Outcome::ok) {
      failed_ = true;
    }
    if (left_to_end_.fetch_sub(1) == 1) {
      finished_.release();
    }
  }

  loader::Registry& registry_;
  const std::vector<std::string>& names_;
  const loader::Message message_ = the_message();
  const loader::SendOptions options_ = the_options();
  const std::size_t count_;
  std::atomic<std::size_t> started_{0}, left_to_end_;
  std::atomic<bool> failed_{false};
  std::counting_semaphore<>* places_ = nullptr;
  std::binary_semaphore finished_{0};
};

}  // namespace

Http start_http(const std::string& ca_file) {
  static constexpr const char* loopback[] = {"127.0.0.0/8", nullptr};
  msgr_http_service_options options{};
  options.size = sizeof options;
  options.max_idle_connections = most_in_flight;
  options.ca_file = ca_file.empty() ? nullptr : ca_file.c_str();
  options.allow_ranges = options.http_ranges = loopback;
  return Http(msgr_http_service_create(&options, nullptr, nullptr));
}

loader::RegistryOptions registry_options(const Http& http) {
  loader::RegistryOptions options;
  options.services.push_back({MSGR_HTTP_1, msgr_http_service_table(http.get())});
  options.max_in_flight = most_in_flight;
  return options;
}

Ours::Ours(const std::string& plugin_directory, const std::vector<Workload>& workloads)
    : http_(start_http(workloads.front().ca_file)), registry_(registry_options(http_)) {
  registry_.load({plugin_directory});
  for (const Workload& workload : workloads) {
    for (const auto& issue : registry_.configure(workload.name, workload.type, workload.config)) {
      throw std::runtime_error(workload.name + ": " + issue.pointer + ": " + issue.text);
    }
    names_.push_back(workload.name);
  }
}

void Ours::send(const Run& run) {
  Sender sender(registry_, names_, run.sends);
  run.feed == Feed::completions ? sender.feed_by_completions(run.in_flight) : sender.feed_from_here(run.in_flight);
  if (sender.failed()) {
    throw std::runtime_error(names_.front() + ": a send failed");
  }
}

void Ours::start(std::size_t count) {
  const loader::Message message = the_message();
  const loader::SendOptions options = the_options();
  for (std::size_t i = 0; i < count; ++i) {
    registry_.send(names_[i % names_.size()], message, options, {});
  }
}

std::vector<double> Ours::latencies(std::size_t count) {
  using Clock = std::chrono::steady_clock;
  const loader::Message message = the_message();
  const loader::SendOptions options = the_options();
  std::vector<double> taken;
  std::binary_semaphore ended(0);
  for (std::size_t i = 0; i < count; ++i) {
    Clock::time_point end;
    bool ok = false;
    const auto begin = Clock::now();
    registry_.send(names_.front(), message, options, [&](const loader::Result& result) {
      end = Clock::now();
      ok = result.outcome == loader::Outcome::ok;
      ended.release();
    });
    ended.acquire();
    if (!ok) {
      throw std::runtime_error(names_.front() + ": a send failed");
    }
    taken.push_back(std::chrono::duration<double, std::micro>(end - begin).count());
  }
  return taken;
}

std::vector<double> measure(Ours& ours, const Run& run) {
  ours.send({run.in_flight, 2 * run.in_flight, run.feed});  // opens the connections
  const Stopwatch watch;
  ours.send(run);
  return watch.cost(run.sends);
}

}  // namespace messenger::benchmark
