// SPDX-License-Identifier: Apache-2.0
#include "pair.hpp"

#include <memory>
#include <stdexcept>

#include "bare.hpp"
#include "ours.hpp"

namespace messenger::benchmark {

std::vector<Workload> identical_workloads(const Options& options, const Server& server) {
  std::vector<Workload> workloads{twilio_workload(server.provider()), generic_workload(server.provider())};
  for (Workload& workload : workloads) {
    ours_contender(options, {workload})->run({1, 1});
    const std::string wanted = server.last_request();
    learn(workload, wanted);
    for (const Tuning tuning : {Tuning::all, Tuning::usual}) {
      bare_contender({workload}, 1, 0, client_cpu, tuning)->run({1, 1});
      if (server.last_request() != wanted) {
        throw std::runtime_error(workload.name + ": the requests differ:\n" + wanted + "\n---\n" +
                                 server.last_request());
      }
    }
  }
  return workloads;
}

std::unique_ptr<Contender> ours_contender(const Options& options, const std::vector<Workload>& workloads, int cpu) {
  return std::make_unique<Contender>(cpu, [&options, workloads]() -> Contender::Turn {
    auto ours = std::make_shared<Ours>(options.plugins, workloads);
    return [ours](const Run& run) { return measure(*ours, run); };
  });
}

std::unique_ptr<Contender> bare_contender(const std::vector<Workload>& workloads, std::size_t in_flight,
                                          std::size_t multi_handles, int cpu, Tuning tuning) {
  const std::size_t handles = multi_handles != 0 ? multi_handles : best_multi_handles(in_flight);
  return std::make_unique<Contender>(cpu, [workloads, in_flight, handles, tuning]() -> Contender::Turn {
    auto bare = std::make_shared<Bare>(workloads, in_flight, handles, tuning);
    return [bare](const Run& run) { return measure(*bare, run); };
  });
}

}  // namespace messenger::benchmark
