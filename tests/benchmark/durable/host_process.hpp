// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api_client.hpp"
#include "process.hpp"
#include "thread_times.hpp"
#include "workload.hpp"

namespace messenger::benchmark {

/// `messenger-host serve`, as an operator runs it. Its log is a file in `directory`.
class HostProcess {
 public:
  /// Returns when it serves. Throws std::runtime_error.
  HostProcess(const std::string& database, const std::string& directory, const std::vector<std::string>& more = {});

  const std::string& url() const { return url_; }
  test::ApiClient client() const { return test::ApiClient(url_, api_key); }
  ThreadTimes times() const { return thread_times(process_->pid()); }
  /// Attempts that ended OK so far.
  std::size_t attempts_ok() const;
  /// Messages of this state.
  std::size_t messages(const std::string& state) const;
  /// The most resident memory that there was since the last call, in KiB.
  std::size_t peak_kib() const;
  /// Milliseconds until this path of the API was answered; throws when it was not with 200.
  double answer_time(const std::string& path) const;
  /// SIGTERM. Throws std::runtime_error when it does not end well.
  void stop();

  static constexpr const char* api_key = "benchmark-api-key-0123456789";

 private:
  std::unique_ptr<test::Process> process_;
  std::string url_, metrics_;
};

/// Makes a messenger by the host's API and gives its id.
std::string make_messenger(const HostProcess& host, const Workload& workload, const std::string& name = "Benchmark");

}  // namespace messenger::benchmark
