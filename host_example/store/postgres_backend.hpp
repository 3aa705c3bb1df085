// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/backend.hpp"
#include "store/postgres_connection.hpp"
#include "store/postgres_listener.hpp"
#include "store/turn.hpp"

namespace messenger::host {

/// A pool of connections to a PostgreSQL server. One that was cut is made anew for the next unit.
class PostgresBackend final : public Backend {
 public:
  PostgresBackend(PostgresAddress address, std::size_t connections);

  const std::string& name() const override { return address_.name(); }
  bool is_new() override;
  void open() override {}
  void transact(Sharing sharing, const Work& work) override;
  void serve() override;
  void listen(NoticeFunction notice) override;

 private:
  using Slot = std::unique_ptr<PostgresConnection>;  // empty = not connected
  class Lent;

  Slot take();
  void give(Slot slot);
  void begin(Slot& slot, Sharing sharing) const;
  void run(Sharing sharing, const Work& work);

  const PostgresAddress address_;
  bool is_patient_ = true;  // an index of a large table takes its time
  std::chrono::seconds patience_{30};
  Turn alone_;  // so that those who wait for each other hold one connection, not all
  std::mutex mutex_;
  std::condition_variable given_;
  std::vector<Slot> free_;  // guarded by mutex_
  std::unique_ptr<PostgresListener> listener_;
};

}  // namespace messenger::host
