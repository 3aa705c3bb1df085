// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace messenger::host {

/// What is kept of one message at its provider.
struct ReceiptRecord {
  std::string messenger_id, provider_id;
  std::string body;  ///< JSON, sealed in the database
  std::int64_t insert_instant = 0, last_update_instant = 0;
};

/// What providers told about messages, within a transaction.
class Receipts {
 public:
  /// Until this unit ends no other holds this message of the provider's: who takes in a receipt and who records the
  /// send that it belongs to call this first, so that the later of the two sees what the other wrote, whichever host it
  /// is on. Needless in a unit that is alone. Of several, take them in the same order everywhere.
  virtual void lock(std::string_view messenger_id, std::string_view provider_id) = 0;
  virtual std::optional<ReceiptRecord> find(std::string_view messenger_id, std::string_view provider_id) = 0;
  /// Creates or replaces; sets the instants.
  virtual void put(std::string_view messenger_id, std::string_view provider_id, std::string_view body) = 0;
  /// Removes what was last changed before this instant.
  virtual void sweep(std::int64_t before) = 0;

 protected:
  ~Receipts() = default;
};

}  // namespace messenger::host
