// SPDX-License-Identifier: Apache-2.0
// What a message costs in the store: accepted, leased and recorded with its provider's id, in groups, each group a unit
// that is durable; and how messages come to wait there beside it.
#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "store/store.hpp"
#include "store_costs/meter.hpp"

namespace messenger::benchmark {

/// Whose messages are accepted, leased and recorded while others wait.
enum class Sent {
  codes,    ///< of a lane in which nothing waits, and before all that do
  ahead,    ///< of a lane in which as many wait for their time to come
  campaign  ///< those who wait themselves, the oldest first; as many are accepted behind the last
};

class StoreCosts {
 public:
  struct Messengers {
    std::string codes, campaign;  ///< ids
  };

  StoreCosts(host::Store& store, Messengers messengers, const Meter& meter);

  /// Adds messages that wait, as a host would have accepted them: half of them are a campaign that is due now, of one
  /// lane; three eighths are due tomorrow, of another; and one eighth is due tomorrow, of sixteen tenants.
  void fill(std::size_t messages);
  /// Accepts, leases and records about so many, in groups.
  void run(Sent sent, std::size_t messages, std::size_t group);

  Spent accepted, leased, recorded;  ///< by run() so far

 private:
  struct Lane {
    host::Priority priority = host::Priority::notice;
    std::string tenant_id, messenger_id;
  };

  Lane lane_of(Sent sent) const;
  host::NewMessage message(const Lane& lane, std::int64_t due);
  void add(const Lane& lane, std::size_t count, std::int64_t due);
  void add_many(const Lane& lane, std::size_t count, std::int64_t due);
  std::vector<host::OutboxMessage> lease(const Lane& lane, std::size_t group);
  std::vector<host::MessageUpdate> updates_of(const std::vector<host::OutboxMessage>& taken) const;
  void record(const std::vector<host::MessageUpdate>& updates);

  host::Store& store_;
  const Messengers messengers_;
  const Meter& meter_;
  std::mt19937_64 chance_{1};
};

}  // namespace messenger::benchmark
