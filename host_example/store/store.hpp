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
#include "store/receipts.hpp"
#include "store/store_error.hpp"

namespace messenger::host {

struct StoreOptions {
  std::string database;            ///< "sqlite:FILE"
  std::filesystem::path key_file;  ///< empty = FILE.key; made with mode 0600 beside a database that is new
  bool must_exist = false;         ///< refuse a database that is new instead of making it
};

/// What may be done to the store in one unit. Valid inside Store::transact only.
struct Transaction {
  Documents& documents;
  Challenges& challenges;
  EventLog& events;
  Receipts& receipts;
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
  /// throws, StoreBusy when others are in the way for some seconds, and StoreError. Blocks for the disk and for other
  /// units; no transact within one.
  void transact(const std::function<void(Transaction&)>& work);

  /// The same, giving what `work` gives.
  template <class Work>
  auto with(Work work) {
    std::invoke_result_t<Work&, Transaction&> result{};
    transact([&](Transaction& transaction) { result = work(transaction); });
    return result;
  }

  /// Keyed, one-way and deterministic: what a code or an API key is kept as. `purpose` keeps apart what must not
  /// compare equal. Lower-case hex, 64 characters.
  std::string digest(std::string_view purpose, std::string_view text) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// Milliseconds since 1970, which is how every instant is kept.
std::int64_t now_ms();

/// In constant time for equal lengths.
bool equal_digests(std::string_view left, std::string_view right) noexcept;

}  // namespace messenger::host
