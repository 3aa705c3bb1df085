// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// A message as its provider names it.
struct ProviderKey {
  std::string messenger_id, provider_id;

  auto operator<=>(const ProviderKey&) const = default;  // NOLINT(modernize-use-nullptr): it sees a 0 in it
};

/// What is kept of one message at its provider.
struct ReceiptRecord {
  std::string messenger_id, provider_id;
  std::string body;  ///< JSON, sealed in the database
  std::int64_t insert_instant = 0, last_update_instant = 0;
};

/// What providers told about messages, within a transaction.
class Receipts {
 public:
  /// Until this unit ends no other holds one of these: who takes in a receipt and who records the send that it belongs
  /// to call this first, so that the later of the two sees what the other wrote, whichever host it is on. Needless in a
  /// unit that is alone. To be called once in a unit, for all that it is about, so that no two units wait for each
  /// other.
  virtual void lock(std::span<const ProviderKey> keys) = 0;
  /// Those of these that there are, in any order.
  virtual std::vector<ReceiptRecord> find(std::span<const ProviderKey> keys) = 0;
  std::optional<ReceiptRecord> find(const std::string& messenger_id, const std::string& provider_id) {
    const ProviderKey key{messenger_id, provider_id};
    auto found = find({&key, 1});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
  }
  /// Creates or replaces. `insert_instant` is that of one that is created; 0 = now.
  virtual void put(const ProviderKey& key, std::string_view body, std::int64_t insert_instant = 0) = 0;
  /// Removes what was last changed before this instant.
  virtual void sweep(std::int64_t before) = 0;

 protected:
  ~Receipts() = default;
};

}  // namespace messenger::host
