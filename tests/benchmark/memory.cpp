// SPDX-License-Identifier: Apache-2.0
// What a message in flight takes of memory, beside bare libcurl: 10,000 at once, at a provider that holds its answers.
#include <unistd.h>

#include <boost/json/object.hpp>
#include <chrono>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <thread>

#include "bare.hpp"
#include "crowd.hpp"
#include "ours.hpp"
#include "pair.hpp"
#include "section.hpp"

namespace json = boost::json;

namespace messenger::benchmark {

namespace {

double resident_kib() {
  std::ifstream file("/proc/self/statm");
  double all = 0;
  double resident = 0;
  file >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1'024;
}

// Tells when the server has as many more requests; throws when it does not get them.
class Arrival {
 public:
  Arrival(const Server& server, std::size_t count) : server_(server), wanted_(server.requests() + count) {}

  bool is_whole() const {
    if (std::chrono::steady_clock::now() > end_) {
      throw std::runtime_error("the provider did not get all requests within 20 s");
    }
    return server_.requests() >= wanted_;
  }

 private:
  const Server& server_;
  std::uint64_t wanted_;
  std::chrono::steady_clock::time_point end_ = std::chrono::steady_clock::now() + std::chrono::seconds(20);
};

// What a turn leaves in flight stays so until the process is killed.
Contender::Turn bare_turn(const Server& server, const Workload& workload, std::size_t count) {
  auto bare = std::make_shared<Bare>(std::vector{workload}, count, best_multi_handles(count));
  bare->send(1);
  return [bare, &server](const Run& run) -> Contender::Figures {
    const double before = resident_kib();
    const Arrival arrival(server, run.in_flight);
    bare->send_until([&] { return arrival.is_whole(); });
    return {(resident_kib() - before) / static_cast<double>(run.in_flight)};
  };
}

Contender::Turn ours_turn(const Options& options, const Server& server, const Workload& workload) {
  auto ours = std::make_shared<Ours>(options.plugins, std::vector{workload});
  ours->send({1, 1});
  return [ours, &server](const Run& run) -> Contender::Figures {
    const double before = resident_kib();
    const Arrival arrival(server, run.in_flight);
    ours->start(run.in_flight);
    while (!arrival.is_whole()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return {(resident_kib() - before) / static_cast<double>(run.in_flight)};
  };
}

// A server of its own, whose one answer goes to the first send: so ports that are still in TIME_WAIT do no harm.
template <class Turn>
double kib_each(Workload workload, std::size_t count, Turn turn) {
  const Server server({.cpu = server_cpu, .answers = 1});
  move_to(workload, server.provider());
  Contender contender(client_cpu, [&] { return turn(server, workload); });
  return contender.run({count, count}).at(0);
}

}  // namespace

json::object run_memory(const Options& options, Report& report) {
  report.begin("memory, answers held back", "bare libcurl");
  const Server first({.cpu = server_cpu});
  const std::size_t count = crowd(options, report);
  json::object members;
  for (const Workload& workload : identical_workloads(options, first)) {
    Figure figure{workload.name + ", RSS of each of " + std::to_string(count) + " in flight", "KiB"};
    figure.claim = Claim::difference;
    figure.at_most = 4;
    for (std::size_t round = 0; round < options.rounds; ++round) {
      figure.yardstick.push_back(kib_each(
          workload, count, [&](const Server& server, const Workload& at) { return bare_turn(server, at, count); }));
      figure.ours.push_back(kib_each(
          workload, count, [&](const Server& server, const Workload& at) { return ours_turn(options, server, at); }));
    }
    members[workload.name] = report.add(figure);
  }
  return {{"memoryOverKib", std::move(members)}};
}

}  // namespace messenger::benchmark
