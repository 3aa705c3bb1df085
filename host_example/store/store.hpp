// SPDX-License-Identifier: Apache-2.0
// What a host keeps: this room's whole contract.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/challenges.hpp"
#include "store/documents.hpp"
#include "store/event_log.hpp"
#include "store/notices.hpp"
#include "store/outbox.hpp"
#include "store/receipts.hpp"
#include "store/store_error.hpp"

namespace messenger::host {

struct StoreOptions {
  std::string database;            ///< "sqlite:FILE", or "postgresql://…" as libpq takes it
  std::filesystem::path key_file;  ///< empty = FILE.key; made with mode 0600 beside a database that is new.
                                   ///< PostgreSQL: required, the same for all hosts; made when the database is new
  bool must_exist = false;         ///< refuse a database that is new instead of making it
  std::int64_t most_bytes = 0;     ///< of a SQLite database, beyond which nothing is accepted; 0 = the disk's
  std::size_t connections = 4;     ///< to PostgreSQL, beside the one that listens
};

/// What may be done to the store in one unit. Valid inside Store::transact only.
struct Transaction {
  Documents& documents;
  Challenges& challenges;
  EventLog& events;
  Receipts& receipts;
  Outbox& outbox;
  Notices& notices;
};

/// How a unit shares the database with others.
enum class Sharing {
  alone,  ///< no two of these happen at the same time, over all hosts: what was read is still so when it is committed
  rows,   ///< each statement is right by itself; other units may change rows in between. The Outbox's, the Receipts'
          ///< and the event log's
  reads   ///< nothing is changed: it waits for no other unit
};

/// The database and the key that seals what is in it. Everything kept is sealed (libsodium) but ids, instants and event
/// log entries; names are kept as keyed digests. [any thread]
class Store {
 public:
  /// Opens or makes the database and brings its tables up to date. Throws StoreError that says why and names the file:
  /// an unknown kind of database, a file that cannot be opened, a newer version's tables, a key file that is missing,
  /// too open, malformed or another database's.
  explicit Store(const StoreOptions& options);
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store();

  /// Runs `work` in one transaction: committed and durable when this returns, undone when it throws. Throws what `work`
  /// throws, StoreBusy when others are in the way for some seconds or the database's server is away, StoreFull when
  /// there is no room, and StoreError. Blocks for the disk and for other units; no transact within one. When the server
  /// goes away or the disk fails during the commit, the unit may have been committed all the same. After a disk has
  /// failed under SQLite, every unit throws until the store is opened again.
  void transact(const std::function<void(Transaction&)>& work, Sharing sharing = Sharing::alone);

  /// The same, giving what `work` gives.
  template <class Work>
  auto with(Work work, Sharing sharing = Sharing::alone) {
    std::invoke_result_t<Work&, Transaction&> result{};
    transact([&](Transaction& transaction) { result = work(transaction); }, sharing);
    return result;
  }

  /// The same for what only reads; it waits for no other unit.
  template <class Work>
  auto read(Work work) {
    return with(std::move(work), Sharing::reads);
  }

  /// From now on notices of all hosts on this database come here, those of this process included: on PostgreSQL on the
  /// thread `host-listen`, on SQLite on the thread whose unit was committed. To be called once; what it is given
  /// outlives the store.
  void listen(NoticeFunction notice);

  /// Keyed, one-way and deterministic: what a code or an API key is kept as. `purpose` keeps apart what must not
  /// compare equal. Lower-case hex, 64 characters.
  std::string digest(std::string_view purpose, std::string_view text) const;
  /// What a message is kept as, so that the unit that adds it is short. Its route, priority and times may be set later.
  SealedMessage seal(const NewMessage& message) const;
  /// A leased message with its texts; without them and not readable when they do not open.
  OutboxMessage open(LeasedMessage leased) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// Milliseconds since 1970, which is how every instant is kept.
std::int64_t now_ms();

/// In constant time for equal lengths.
bool equal_digests(std::string_view left, std::string_view right) noexcept;

}  // namespace messenger::host
