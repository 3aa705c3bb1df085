// SPDX-License-Identifier: Apache-2.0
#include "durable_run.hpp"

#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>

#include "certificate.hpp"
#include "figures.hpp"
#include "host_process.hpp"
#include "http_load.hpp"

namespace messenger::benchmark {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds poll_interval{10};
constexpr std::chrono::minutes longest_run{2};

Workload workload(const std::string& type, const Server& provider) {
  return type == "Twilio" ? twilio_workload(provider.provider()) : generic_workload(provider.provider());
}

class Hosts {
 public:
  Hosts(const DurableRun& run, const std::string& database, const std::string& directory) {
    for (std::size_t i = 0; i < run.hosts; ++i) {
      hosts_.push_back(std::make_unique<HostProcess>(database, directory, run.options));
    }
  }

  HostProcess& first() const { return *hosts_.front(); }
  const std::vector<std::unique_ptr<HostProcess>>& all() const { return hosts_; }

  ThreadTimes times() const {
    ThreadTimes sum;
    for (const auto& host : hosts_) {
      for (const auto& [name, time] : host->times()) {
        sum[name] += time;
      }
    }
    return sum;
  }

  // The host's own counters cost it little; the outbox is asked once they say that the end is near.
  void wait_for_recorded(std::size_t sent) const {
    const auto end = Clock::now() + longest_run;
    while (attempts_ok() < sent || first().messages("queued") + first().messages("leased") > 0) {
      if (Clock::now() > end) {
        throw std::runtime_error("not all messages were sent");
      }
      std::this_thread::sleep_for(poll_interval);
    }
  }

  // What cannot be shared out evenly goes to the last. Throws what one of them throws, once all have ended.
  void hand_in_all(Load load) const {
    std::vector<std::future<void>> loads;
    const std::size_t end = load.first + load.messages;
    load.messages /= hosts_.size();
    for (const auto& host : hosts_) {
      load.url = host->url();
      load.messages = host == hosts_.back() ? end - load.first : load.messages;
      loads.push_back(std::async(std::launch::async, [load] { hand_in(load); }));
      load.first += load.messages;
    }
    for (auto& done : loads) {
      done.get();
    }
  }

  void stop() const {
    for (const auto& host : hosts_) {
      host->stop();
    }
  }

 private:
  std::size_t attempts_ok() const {
    std::size_t ok = 0;
    for (const auto& host : hosts_) {
      ok += host->attempts_ok();
    }
    return ok;
  }

  std::vector<std::unique_ptr<HostProcess>> hosts_;
};

double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

}  // namespace

DurableFigures measure_durable(const DurableRun& run, const Server& provider) {
  const test::TemporaryDirectory directory("/var/tmp");  // a disk, where $TMPDIR may be memory
  const Hosts hosts(run, run.database.empty() ? "sqlite:" + directory.path("host.db") : run.database,
                    directory.path(""));
  Load load{
      {}, make_messenger(hosts.first(), workload(run.type, provider)), 0, run.messages, run.batch, run.connections};
  const std::size_t warm = run.batch * run.connections * run.hosts;
  Load warming = load;
  warming.messages = warm;
  warming.first = 9'000'000;
  hosts.hand_in_all(warming);
  hosts.wait_for_recorded(warm);

  const auto host_before = hosts.times();
  const Stopwatch watch;
  const auto provider_before = thread_times(provider.pid());
  const auto began = Clock::now();
  const auto count = static_cast<double>(run.messages);
  hosts.hand_in_all(load);
  DurableFigures figures;
  figures.accepted_per_second = count / seconds_since(began);
  hosts.wait_for_recorded(warm + run.messages);
  figures.recorded_per_second = count / seconds_since(began);
  figures.host = hosts.times() - host_before;
  for (auto& [name, time] : figures.host) {
    time /= count;
  }
  figures.load = watch.cost(run.messages).at(0);
  figures.provider = total(thread_times(provider.pid()) - provider_before) / count;
  if (hosts.first().messages("sent") != warm + run.messages) {
    throw std::runtime_error("not every message ended as sent");
  }
  hosts.stop();
  return figures;
}

}  // namespace messenger::benchmark
