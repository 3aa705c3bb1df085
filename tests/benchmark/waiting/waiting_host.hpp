// SPDX-License-Identifier: Apache-2.0
// A host with messages that wait, what is sent beside them, and what is sent of them.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <memory>
#include <string>

#include "certificate.hpp"
#include "durable/host_process.hpp"
#include "server.hpp"

namespace messenger::benchmark {

/// Where a host keeps what it keeps.
struct Database {
  std::string url;   // empty = a new SQLite file
  pid_t server = 0;  // PostgreSQL's process, whose time counts, too; 0 = none
};

/// Half of what waits is a campaign that is due and waits for the slots of its messenger, whose provider stands still
/// while nothing of it is measured; the others are due tomorrow, in 17 lanes. Codes go by another messenger.
class WaitingHost {
 public:
  struct Cost {
    double cpu_us = 0;    // of a message, of the host and the database's server
    double peak_kib = 0;  // of the host
  };
  struct Start {
    double serves_ms = 0, sends_ms = 0;  // until it says that it serves; until the first code is at its provider
  };

  /// Fills the database. Throws std::runtime_error, as all of these.
  WaitingHost(Database database, std::size_t waiting);

  /// How long filling it took.
  double filling_seconds() const { return filling_seconds_; }
  Start start();
  /// Accepts, sends and records so many codes beside what waits. Then an operator looks at the queue, which costs
  /// memory only here.
  Cost send_codes(std::size_t count);
  /// Sends and records about so many of the campaign, the oldest first; as many are accepted behind the last.
  Cost send_campaign(std::size_t count);
  const HostProcess& process() const { return *host_; }
  void stop();

  /// CPU microseconds of a message in the store alone: what messenger-store-benchmark says. Of a host that was stopped.
  double store_cost(const std::string& sent, std::size_t messages) const;

 private:
  void launch();
  void fill(std::size_t waiting);
  void hand_in_more(const std::string& messenger_id, const std::string& priority, std::size_t count);
  void wait_for(const Server& provider, std::uint64_t requests) const;
  void wait_until_idle() const;
  template <class Work>
  double measure(Work work) const;

  const test::TemporaryDirectory directory_;
  Database database_;
  const Server codes_, campaign_;
  std::string codes_id_, campaign_id_;
  std::unique_ptr<HostProcess> host_;
  double filling_seconds_ = 0;
  std::size_t next_ = 0;  // number of the next message
  std::size_t owed_ = 0;  // messages to come behind the campaign, for those of it that were sent
};

}  // namespace messenger::benchmark
