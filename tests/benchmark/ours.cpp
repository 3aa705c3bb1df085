// SPDX-License-Identifier: Apache-2.0
#include "ours.hpp"

#include <atomic>
#include <semaphore>
#include <stdexcept>

#include "figures.hpp"

namespace messenger::benchmark {

namespace {

msgr_http_service* start_http() {
  static constexpr const char* loopback[] = {"127.0.0.0/8", nullptr};
  msgr_http_service_options options{};
  options.size = sizeof options;
  options.max_idle_connections = 4'096;
  options.allow_ranges = options.http_ranges = loopback;
  return msgr_http_service_create(&options, nullptr, nullptr);
}

loader::RegistryOptions options(const msgr_http_service& http) {
  loader::RegistryOptions options;
  options.services.push_back({MSGR_HTTP_1, msgr_http_service_table(&http)});
  options.max_in_flight = 16'384;
  return options;
}

// All sends of one run. The completions hold a pointer to it and nothing else, which std::function keeps in place.
class Sender {
 public:
  Sender(loader::Registry& registry, const Workload& workload, std::size_t count)
      : registry_(registry), workload_(workload), left_to_start_(count), left_to_end_(count) {
    message_.to = recipient;
    message_.body = text;
    options_.idempotency_key = idempotency_key;
  }

  void feed_by_completions(std::size_t in_flight) {
    for (std::size_t i = 0; i < in_flight; ++i) {
      start([this](const loader::Result& result) {
        refill_ = true;
        ended(result);
      });
    }
    finished_.acquire();
  }

  void feed_from_here(std::size_t in_flight) {
    std::counting_semaphore<> places(static_cast<std::ptrdiff_t>(in_flight));
    places_ = &places;
    while (left_to_start_.load() > 0) {
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
    if (left_to_start_.load() > 0) {
      left_to_start_.fetch_sub(1);
      registry_.send(workload_.name, message_, options_, std::move(done));
    }
  }

  void ended(const loader::Result& result) {
    failed_ = failed_ || result.outcome != loader::Outcome::ok;
    if (refill_) {
      start([this](const loader::Result& next) { ended(next); });
    }
    if (left_to_end_.fetch_sub(1) == 1) {
      finished_.release();
    }
  }

  loader::Registry& registry_;
  const Workload& workload_;
  loader::Message message_;
  loader::SendOptions options_;
  std::atomic<std::size_t> left_to_start_, left_to_end_;
  std::atomic<bool> failed_{false}, refill_{false};
  std::counting_semaphore<>* places_ = nullptr;
  std::binary_semaphore finished_{0};
};

}  // namespace

Ours::Ours(const std::string& plugin_directory, const std::vector<Workload>& workloads)
    : http_(start_http()), registry_(options(*http_)) {
  registry_.load({plugin_directory});
  for (const Workload& workload : workloads) {
    for (const auto& issue : registry_.configure(workload.name, workload.type, workload.config)) {
      throw std::runtime_error(workload.name + ": " + issue.pointer + ": " + issue.text);
    }
  }
}

void Ours::send(const Workload& workload, const Run& run, Feed feed) {
  Sender sender(registry_, workload, run.sends);
  feed == Feed::completions ? sender.feed_by_completions(run.in_flight) : sender.feed_from_here(run.in_flight);
  if (sender.failed()) {
    throw std::runtime_error(workload.name + ": a send failed");
  }
}

Cost Ours::run(const Workload& workload, const Run& run, Feed feed) {
  send(workload, {run.in_flight, 2 * run.in_flight}, feed);  // opens the connections
  const Stopwatch watch;
  send(workload, run, feed);
  return watch.cost(run.sends);
}

}  // namespace messenger::benchmark
