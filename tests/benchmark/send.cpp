// SPDX-License-Identifier: Apache-2.0
// CPU of a send beside bare libcurl, by what is in flight, with and without TLS, by who feeds. The rows with a goal
// stand a second time beside libcurl as it is usually tuned.
#include <boost/json/serialize.hpp>

#include "pair.hpp"
#include "section.hpp"

namespace json = boost::json;

namespace messenger::benchmark {

namespace {

struct Series {
  std::vector<double> bare, usual, ours, threaded;
};

struct Goals {
  double fed_by_completions, fed_by_thread;  // at 64 in flight
};

Goals goals_of(const Workload& workload) {
  return workload.name == "twilio" ? Goals{1.10, 1.20} : Goals{1.05, 1.15};
}

// Contenders take turns, so that what disturbs the machine disturbs all.
Series measure_in_turn(const Options& options, const Workload& workload, const Run& run, bool with_usual) {
  const auto bare = bare_contender({workload}, run.in_flight);
  const auto usual = with_usual ? bare_contender({workload}, run.in_flight, 0, client_cpu, Tuning::usual) : nullptr;
  const auto ours = ours_contender(options, {workload});
  const auto threaded = ours_contender(options, {workload});
  Series series;
  for (std::size_t round = 0; round < options.rounds; ++round) {
    series.bare.push_back(bare->run(run).at(0));
    if (usual) {
      series.usual.push_back(usual->run(run).at(0));
    }
    series.ours.push_back(ours->run(run).at(0));
    series.threaded.push_back(threaded->run({run.in_flight, run.sends, Feed::another_thread}).at(0));
  }
  return series;
}

// By what is in flight; beside libcurl's usual tuning only where there is a goal.
struct Ratios {
  json::object completions, threaded, completions_usual, threaded_usual;
};

Ratios measure_workload(const Options& options, Report& report, const Workload& workload, const char* transport) {
  static const std::vector<std::size_t> all{1, 16, 64, 256, 1'024};
  Ratios ratios;
  for (const std::size_t in_flight : options.in_flight.empty() ? all : options.in_flight) {
    // Alone, a send is a wait: fewer say as much.
    const std::size_t sends = in_flight < 16 ? options.scaled(2'000, 100) : options.scaled(10'000, 100);
    const bool has_goal = in_flight == 64;
    const auto series = measure_in_turn(options, workload, {in_flight, sends}, has_goal);
    const std::string count = std::to_string(in_flight);
    const std::string what = workload.name + ", " + transport + ", " + count + " in flight";
    const auto add = [&](const std::string& which, const auto& yardstick, const auto& ours, double goal) {
      Figure figure{what + which, "us CPU", yardstick, ours};
      if (has_goal) {
        figure.at_most = goal;
      }
      return report.add(figure);
    };
    const Goals goals = goals_of(workload);
    ratios.completions[count] = add("", series.bare, series.ours, goals.fed_by_completions);
    ratios.threaded[count] = add(", other thread", series.bare, series.threaded, goals.fed_by_thread);
    if (has_goal) {
      ratios.completions_usual[count] = add(" (usual)", series.usual, series.ours, goals.fed_by_completions);
      ratios.threaded_usual[count] = add(", other thread (usual)", series.usual, series.threaded, goals.fed_by_thread);
    }
  }
  return ratios;
}

}  // namespace

json::object run_send(const Options& options, Report& report) {
  report.begin("send", "bare libcurl, the same bytes; (usual): as it is usually tuned");
  json::object members;
  for (const bool tls : {false, true}) {
    const Server server({.cpu = server_cpu, .tls = tls});
    const std::string name = tls ? "ratioTls" : "ratio";
    for (const Workload& workload : identical_workloads(options, server)) {
      Ratios ratios = measure_workload(options, report, workload, tls ? "TLS" : "plain");
      const auto put = [&](const std::string& which, json::object values) {
        json::value& all = members[name + which];
        (all.is_object() ? all.as_object() : all.emplace_object())[workload.name] = std::move(values);
      };
      put("", std::move(ratios.completions));
      put("OtherThread", std::move(ratios.threaded));
      put("Usual", std::move(ratios.completions_usual));
      put("OtherThreadUsual", std::move(ratios.threaded_usual));
    }
  }
  return members;
}

}  // namespace messenger::benchmark
