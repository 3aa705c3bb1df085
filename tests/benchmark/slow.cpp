// SPDX-License-Identifier: Apache-2.0
// A provider that takes its time: how busy the places of 1,024 sends are, and what a send costs then.
#include <boost/json/object.hpp>

#include "bare.hpp"
#include "pair.hpp"
#include "section.hpp"

namespace json = boost::json;

namespace messenger::benchmark {

namespace {

constexpr std::size_t in_flight = 1'024;
constexpr std::chrono::milliseconds delay{50};

// By Little's law, from the wall time of a send.
double held_at_once(double wall_us) {
  return std::chrono::duration<double, std::micro>(delay).count() / wall_us;
}

double measure_workload(const Options& options, Report& report, const Workload& workload) {
  const auto bare = bare_contender({workload}, in_flight);
  const auto ours = ours_contender(options, {workload});
  Figure cpu{workload.name + ", 1024 in flight", "us CPU", {}, {}, Claim::ratio, 1.15};
  Figure busy{workload.name + ", held by the provider at once", "of 1024"};
  const Run run{in_flight, std::max(options.scaled(10 * in_flight), in_flight)};
  for (std::size_t round = 0; round < options.rounds; ++round) {
    const auto theirs = bare->run(run);
    const auto own = ours->run(run);
    cpu.yardstick.push_back(theirs.at(0));
    cpu.ours.push_back(own.at(0));
    busy.yardstick.push_back(held_at_once(theirs.at(1)));
    busy.ours.push_back(held_at_once(own.at(1)));
  }
  report.add(busy);
  return report.add(cpu);
}

}  // namespace

json::object run_slow(const Options& options, Report& report) {
  report.begin("slow, a provider that answers after 50 ms",
               "bare libcurl, " + std::to_string(best_multi_handles(in_flight)) + " multi handles");
  const Server server({.cpu = server_cpu, .delay = delay});
  json::object ratios;
  for (const Workload& workload : identical_workloads(options, server)) {
    ratios[workload.name] = measure_workload(options, report, workload);
  }
  return {{"ratioSlow", std::move(ratios)}};
}

}  // namespace messenger::benchmark
