// SPDX-License-Identifier: Apache-2.0
// How long a caller waits for a send that is alone: from `send` entered to its completion entered, beside
// curl_easy_perform on a kept handle.
#include <boost/json/object.hpp>
#include <chrono>
#include <memory>

#include "bare_request.hpp"
#include "figures.hpp"
#include "ours.hpp"
#include "pair.hpp"
#include "section.hpp"

namespace json = boost::json;

namespace messenger::benchmark {

namespace {

std::vector<double> perform_latencies(BareEasy& easy, std::size_t count) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> taken;
  for (std::size_t i = 0; i < count; ++i) {
    const auto begin = Clock::now();
    easy.begin();
    const CURLcode result = curl_easy_perform(easy.handle());
    taken.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
    easy.expect_success(result);
  }
  return taken;
}

std::vector<double> p50_and_p99(const std::vector<double>& taken) {
  return {quantile(taken, 0.5), quantile(taken, 0.99)};
}

constexpr std::size_t warm_up = 100;

Contender::Turn bare_turn(const Workload& workload) {
  auto request = std::make_shared<BareRequest>(workload);
  auto easy = std::make_shared<BareEasy>();
  request->set_up(*easy);
  return [request, easy](const Run& run) {
    perform_latencies(*easy, warm_up);
    return p50_and_p99(perform_latencies(*easy, run.sends));
  };
}

Contender::Turn ours_turn(const Options& options, const Workload& workload) {
  auto ours = std::make_shared<Ours>(options.plugins, std::vector{workload});
  return [ours](const Run& run) {
    ours->latencies(warm_up);
    return p50_and_p99(ours->latencies(run.sends));
  };
}

json::object measure_in_turn(const Options& options, Report& report, const Workload& workload, int cpu) {
  Contender bare(cpu, [&] { return bare_turn(workload); });
  Contender ours(cpu, [&] { return ours_turn(options, workload); });
  Figure p50{"", "us", {}, {}, Claim::difference};
  Figure p99{"", "us", {}, {}, Claim::difference};
  const Run run{1, options.scaled(4'000, 100)};
  for (std::size_t round = 0; round < options.rounds; ++round) {
    const auto theirs = bare.run(run);
    const auto own = ours.run(run);
    p50.yardstick.push_back(theirs.at(0));
    p50.ours.push_back(own.at(0));
    p99.yardstick.push_back(theirs.at(1));
    p99.ours.push_back(own.at(1));
  }
  const std::string place = cpu < 0 ? ", client not pinned" : ", client on one core";
  p50.what = workload.name + ", p50" + place;
  p99.what = workload.name + ", p99" + place;
  if (cpu >= 0) {
    p50.at_most = 5;
  }
  json::object members;
  members["p50"] = report.add(p50);
  members["p99"] = report.add(p99);
  return members;
}

}  // namespace

json::object run_latency(const Options& options, Report& report) {
  report.begin("latency, 1 in flight", "curl_easy_perform on a kept handle");
  const Server server({.cpu = server_cpu});
  json::object pinned;
  json::object unpinned;
  for (const Workload& workload : identical_workloads(options, server)) {
    pinned[workload.name] = measure_in_turn(options, report, workload, client_cpu);
    unpinned[workload.name] = measure_in_turn(options, report, workload, -1);
  }
  return {{"latencyOver", std::move(pinned)}, {"latencyOverUnpinned", std::move(unpinned)}};
}

}  // namespace messenger::benchmark
