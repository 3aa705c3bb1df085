// SPDX-License-Identifier: Apache-2.0
// 10,000 sends under way at once: at a provider that answers at once, where all of them are busy, and at one that takes
// a second, where they rest in between.
#include "crowd.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <chrono>
#include <memory>
#include <utility>

#include "pair.hpp"
#include "section.hpp"

namespace json = boost::json;

namespace messenger::benchmark {

namespace {

// With a provider of its own, or no port would be left for the third.
struct Side {
  Side(const ServerOptions& options, Workload of) : server(options), workload(std::move(of)) {
    move_to(workload, server.provider());
  }
  double cpu(const Run& run) const { return contender->run(run).at(0); }

  Server server;
  Workload workload;
  std::unique_ptr<Contender> contender;
};

json::object measure_provider(const Options& options, Report& report, std::chrono::milliseconds delay,
                              std::size_t in_flight, const char* what) {
  const ServerOptions provider{.cpu = server_cpu, .delay = delay};
  const Server first(provider);
  const Workload workload = identical_workloads(options, first).front();
  Side bare(provider, workload);
  Side ours(provider, workload);
  Side threaded(provider, workload);
  bare.contender = bare_contender({bare.workload}, in_flight);
  ours.contender = ours_contender(options, {ours.workload});
  threaded.contender = ours_contender(options, {threaded.workload});
  const std::string row = workload.name + ", " + std::to_string(in_flight) + " in flight, " + what;
  Figure fed_by_completions{row, "us CPU", {}, {}, Claim::ratio, 1.1};
  Figure fed_by_thread{row + ", other thread", "us CPU", {}, {}, Claim::ratio, 1.1};
  const std::size_t sends = in_flight * 3;
  for (std::size_t round = 0; round <= options.rounds; ++round) {
    const double theirs = bare.cpu({in_flight, sends});
    const double own = ours.cpu({in_flight, sends});
    const double from_thread = threaded.cpu({in_flight, sends, Feed::another_thread});
    if (round == 0) {
      continue;  // in which the connections are made
    }
    fed_by_completions.yardstick.push_back(theirs);
    fed_by_completions.ours.push_back(own);
    fed_by_thread.yardstick.push_back(theirs);
    fed_by_thread.ours.push_back(from_thread);
  }
  return {{"completions", report.add(fed_by_completions)}, {"otherThread", report.add(fed_by_thread)}};
}

}  // namespace

std::size_t crowd(const Options& options, Report& report) {
  constexpr std::size_t others = 200;  // descriptors that are no connection
  const std::size_t wanted = std::min<std::size_t>(options.scaled(10'000, 100), 10'000);
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_max >= wanted + others) {
    return wanted;
  }
  report.note("the hard limit of file descriptors is " + std::to_string(limit.rlim_max) + ": fewer are in flight");
  return limit.rlim_max - others;
}

json::object run_crowd(const Options& options, Report& report) {
  report.begin("crowd", "bare libcurl, the same bytes");
  const std::size_t in_flight = crowd(options, report);
  json::object ratios;
  ratios["fast"] = measure_provider(options, report, std::chrono::milliseconds(0), in_flight, "at once");
  ratios["slow"] = measure_provider(options, report, std::chrono::milliseconds(1'000), in_flight, "after 1 s");
  return {{"ratioCrowd", std::move(ratios)}};
}

}  // namespace messenger::benchmark
