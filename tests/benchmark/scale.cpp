// SPDX-License-Identifier: Apache-2.0
// What a send costs when many messengers are configured and sends go round over them. All lead to one host and port, as
// with one provider; bare libcurl has as many URLs, header lists and pools of handles.
#include <boost/json/object.hpp>
#include <map>

#include "pair.hpp"
#include "section.hpp"

namespace json = boost::json;

namespace messenger::benchmark {

namespace {

constexpr std::size_t in_flight = 64;
constexpr std::array<std::size_t, 3> counts{1, 10, 100};

std::vector<Workload> copies(const Workload& workload, std::size_t count) {
  std::vector<Workload> all(count, workload);
  for (std::size_t i = 0; i < count; ++i) {
    all[i].name += "-" + std::to_string(i);
  }
  return all;
}

json::object measure_workload(const Options& options, Report& report, const Workload& workload) {
  std::map<std::size_t, std::unique_ptr<Contender>> bare;
  std::map<std::size_t, std::unique_ptr<Contender>> ours;
  for (const std::size_t count : counts) {
    bare[count] = bare_contender(copies(workload, count), in_flight);
    ours[count] = ours_contender(options, copies(workload, count));
  }
  std::map<std::size_t, std::vector<double>> theirs;
  std::map<std::size_t, std::vector<double>> own;
  const Run run{in_flight, options.scaled(10'000, 200)};
  for (std::size_t round = 0; round < options.rounds; ++round) {
    for (const std::size_t count : counts) {
      theirs[count].push_back(bare[count]->run(run).at(0));
      own[count].push_back(ours[count]->run(run).at(0));
    }
  }
  json::object growth;
  for (const std::size_t count : counts) {
    const std::string what = workload.name + ", " + std::to_string(count) + " messengers";
    report.add({what, "us CPU", theirs[count], own[count]});
    if (count != 1) {
      report.add({"  bare libcurl against itself with 1", "us CPU", theirs[1], theirs[count]});
      growth[std::to_string(count)] =
          report.add({"  ours against itself with 1", "us CPU", own[1], own[count], Claim::ratio, 1.1});
    }
  }
  return growth;
}

}  // namespace

json::object run_scale(const Options& options, Report& report) {
  report.begin("scale, 64 in flight, all messengers at one host and port", "bare libcurl with as many URLs");
  const Server server({.cpu = server_cpu});
  json::object members;
  for (const Workload& workload : identical_workloads(options, server)) {
    members[workload.name] = measure_workload(options, report, workload);
  }
  return {{"ratioMessengers", std::move(members)}};
}

}  // namespace messenger::benchmark
