// SPDX-License-Identifier: Apache-2.0
// CPU of a send beside bare libcurl, by what is in flight, with and without TLS, by who feeds.
#include <boost/json/serialize.hpp>

#include "pair.hpp"
#include "section.hpp"

namespace json = boost::json;

namespace messenger::benchmark {

namespace {

struct Series {
  std::vector<double> bare, ours, threaded;
};

struct Goals {
  double fed_by_completions, fed_by_thread;  // at 64 in flight
};

Goals goals_of(const Workload& workload) {
  return workload.name == "twilio" ? Goals{1.10, 1.20} : Goals{1.05, 1.15};
}

// Contenders take turns, so that what disturbs the machine disturbs all.
Series measure_in_turn(const Options& options, const Workload& workload, const Run& run) {
  const auto bare = bare_contender({workload}, run.in_flight);
  const auto ours = ours_contender(options, {workload});
  const auto threaded = ours_contender(options, {workload});
  Series series;
  for (std::size_t round = 0; round < options.rounds; ++round) {
    series.bare.push_back(bare->run(run).at(0));
    series.ours.push_back(ours->run(run).at(0));
    series.threaded.push_back(threaded->run({run.in_flight, run.sends, Feed::another_thread}).at(0));
  }
  return series;
}

struct Ratios {
  json::object completions, threaded;
};

Ratios measure_workload(const Options& options, Report& report, const Workload& workload, const char* transport) {
  static const std::vector<std::size_t> all{1, 16, 64, 256, 1'024};
  Ratios ratios;
  for (const std::size_t in_flight : options.in_flight.empty() ? all : options.in_flight) {
    // Alone, a send is a wait: fewer say as much.
    const std::size_t sends = in_flight < 16 ? options.scaled(2'000, 100) : options.scaled(10'000, 100);
    const auto series = measure_in_turn(options, workload, {in_flight, sends});
    const std::string what = workload.name + ", " + transport + ", " + std::to_string(in_flight) + " in flight";
    const bool has_goal = in_flight == 64;
    Figure figure{what, "us CPU", series.bare, series.ours};
    Figure threaded{what + ", other thread", "us CPU", series.bare, series.threaded};
    if (has_goal) {
      figure.at_most = goals_of(workload).fed_by_completions;
      threaded.at_most = goals_of(workload).fed_by_thread;
    }
    ratios.completions[std::to_string(in_flight)] = report.add(figure);
    ratios.threaded[std::to_string(in_flight)] = report.add(threaded);
  }
  return ratios;
}

}  // namespace

json::object run_send(const Options& options, Report& report) {
  report.begin("send", "bare libcurl, the same bytes");
  json::object members;
  for (const bool tls : {false, true}) {
    const Server server({.cpu = server_cpu, .tls = tls});
    json::object completions;
    json::object threaded;
    for (const Workload& workload : identical_workloads(options, server)) {
      Ratios ratios = measure_workload(options, report, workload, tls ? "TLS" : "plain");
      completions[workload.name] = std::move(ratios.completions);
      threaded[workload.name] = std::move(ratios.threaded);
    }
    members[tls ? "ratioTls" : "ratio"] = std::move(completions);
    members[tls ? "ratioTlsOtherThread" : "ratioOtherThread"] = std::move(threaded);
  }
  return members;
}

}  // namespace messenger::benchmark
