// SPDX-License-Identifier: Apache-2.0
// Instructions of a send, counted by callgrind: what decides where processor time is too noisy. The difference of two
// runs, one of which sends twice as much, so that start and end cancel out. The server runs outside.
#include <boost/json/object.hpp>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "counted.hpp"
#include "find_program.hpp"
#include "pair.hpp"
#include "process.hpp"
#include "section.hpp"

namespace json = boost::json;

namespace messenger::benchmark {

namespace {

double instructions(const std::string& valgrind, const Options& options, const CountedRun& counted) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.path("callgrind.out");
  std::vector<std::string> arguments{valgrind, "--tool=callgrind", "--callgrind-out-file=" + file,
                                     std::filesystem::read_symlink("/proc/self/exe")};
  for (std::string& argument : counted_arguments(options, counted)) {
    arguments.push_back(std::move(argument));
  }
  if (const auto finished = test::run(arguments); finished.status != 0) {
    throw std::runtime_error("under callgrind: " + finished.err);
  }
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("totals: ")) {
      return std::stod(line.substr(8));
    }
  }
  throw std::runtime_error("callgrind counted nothing");
}

// Each turn is two runs in processes of their own.
double instructions_of_a_send(const std::string& valgrind, const Options& options, CountedRun counted) {
  Contender contender(client_cpu, [&]() -> Contender::Turn {
    return [&](const Run&) -> Contender::Figures {
      const double once = instructions(valgrind, options, counted);
      counted.run.sends *= 2;
      return {(instructions(valgrind, options, counted) - once) * 2 / static_cast<double>(counted.run.sends)};
    };
  });
  return contender.run({}).at(0);
}

json::object measure_workload(const std::string& valgrind, const Options& options, Report& report,
                              const Workload& workload, const std::string& transport) {
  const Run run{options.in_flight.empty() ? 64 : options.in_flight.front(), options.scaled(2'000, 200)};
  const auto count = [&](bool is_ours, Feed feed) {
    return instructions_of_a_send(valgrind, options, {is_ours, workload, {run.in_flight, run.sends, feed}});
  };
  const std::string what = workload.name + ", " + transport + ", " + std::to_string(run.in_flight) + " in flight";
  Figure figure{what, "instr"};
  Figure threaded{what + ", other thread", "instr"};
  for (std::size_t round = 0; round < options.rounds; ++round) {
    figure.yardstick.push_back(count(false, Feed::completions));
    figure.ours.push_back(count(true, Feed::completions));
    threaded.yardstick.push_back(figure.yardstick.back());
    threaded.ours.push_back(count(true, Feed::another_thread));
  }
  json::object members;
  members["completions"] = report.add(figure);
  members["otherThread"] = report.add(threaded);
  return members;
}

}  // namespace

json::object run_callgrind(const Options& options, Report& report) {
  report.begin("callgrind, instructions of a send in user space", "bare libcurl, the same bytes");
  const std::string valgrind = find_program("valgrind");
  if (valgrind.empty()) {
    report.note("left out: valgrind is not installed (scripts/install-packages bench)");
    return {};
  }
  json::object members;
  for (const bool tls : {false, true}) {
    const std::string transport = tls ? "TLS" : "plain";
    const Server server({.cpu = server_cpu, .tls = tls});
    json::object ratios;
    for (const Workload& workload : identical_workloads(options, server)) {
      ratios[workload.name] = measure_workload(valgrind, options, report, workload, transport);
    }
    members[transport] = std::move(ratios);
  }
  return {{"ratioInstructions", std::move(members)}};
}

}  // namespace messenger::benchmark
