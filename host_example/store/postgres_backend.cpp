// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_backend.hpp"

#include <algorithm>
#include <optional>

#include "store/sql.hpp"

namespace messenger::host {

namespace {

class PostgresNotices final : public Notices {
 public:
  explicit PostgresNotices(Connection& connection) : connection_(connection) {}

  void tell(Topic topic, std::string_view subject) override {
    query<std::string>(connection_, "SELECT pg_notify('" + std::string(postgres_channel) + "', :payload)",
                       to_payload(topic, subject));
  }

 private:
  Connection& connection_;
};

}  // namespace

// A connection of the pool, given back when it goes.
class PostgresBackend::Lent {
 public:
  explicit Lent(PostgresBackend& pool) : slot(pool.take()), pool_(pool) {}
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;
  ~Lent() { pool_.give(std::move(slot)); }

  Slot slot;

 private:
  PostgresBackend& pool_;
};

PostgresBackend::PostgresBackend(PostgresAddress address, std::size_t connections)
    : address_(std::move(address)), free_(std::max<std::size_t>(1, connections)) {}

bool PostgresBackend::is_new() {
  PostgresConnection connection(address_);
  return std::get<0>(
             query<std::int64_t>(connection, "SELECT CASE WHEN to_regclass('schema_version') IS NULL THEN 1 ELSE 0 END")
                 .at(0)) == 1;
}

void PostgresBackend::serve() {
  is_patient_ = false;
  patience_ = std::chrono::seconds(5);
}

PostgresBackend::Slot PostgresBackend::take() {
  std::unique_lock lock(mutex_);
  if (!given_.wait_for(lock, patience_, [this] { return !free_.empty(); })) {
    throw StoreBusy("All connections to the database are in use.");
  }
  Slot slot = std::move(free_.back());
  free_.pop_back();
  return slot;
}

void PostgresBackend::give(Slot slot) {
  {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(slot));
  }
  given_.notify_one();
}

// Nothing of the unit has happened yet: on a connection that was cut while it lay idle it starts again on a new one.
void PostgresBackend::begin(Slot& slot, Sharing sharing) const {
  std::string statements = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
  if (sharing == Sharing::alone) {
    statements += "; SET LOCAL lock_timeout = '" + std::to_string(patience_.count()) +
                  "s'; SET LOCAL statement_timeout = '" + (is_patient_ ? "0" : "30s") +
                  "'; SELECT pg_advisory_xact_lock(" + std::to_string(postgres_alone) + ", 0)";
  }
  for (const bool was_idle : {slot != nullptr, false}) {
    if (!slot) {
      slot = std::make_unique<PostgresConnection>(address_);
    }
    try {
      slot->run(statements);
      return;
    } catch (...) {
      slot->rollback();
      const bool is_broken = slot->is_broken();
      if (is_broken) {
        slot.reset();
      }
      if (!was_idle || !is_broken) {
        throw;
      }
    }
  }
}

void PostgresBackend::transact(Sharing sharing, const Work& work) {
  std::optional<OwnTurn> turn;
  if (sharing == Sharing::alone && !turn.emplace(alone_, patience_).taken()) {
    throw StoreBusy("The database is busy.");
  }
  run(sharing, work);
}

void PostgresBackend::run(Sharing sharing, const Work& work) {
  Lent lent(*this);
  begin(lent.slot, sharing);
  PostgresNotices notices(*lent.slot);
  try {
    work(*lent.slot, notices);
    lent.slot->commit();
  } catch (...) {
    lent.slot->rollback();
    if (lent.slot->is_broken()) {
      lent.slot.reset();
    }
    throw;
  }
}

void PostgresBackend::listen(NoticeFunction notice) {
  listener_ = std::make_unique<PostgresListener>(address_, std::move(notice));
}

}  // namespace messenger::host
