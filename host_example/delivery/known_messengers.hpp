// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "delivery/messengers.hpp"
#include "delivery/trace.hpp"

namespace messenger::host {

/// What sending has to know of a stored messenger.
struct KnownMessenger {
  TracedMessenger traced;
  bool can_reconcile = false;   ///< it can look for a message that it may have sent
  bool takes_receipts = false;  ///< its type reads receipts
};

/// What sending has to know of each messenger, read from the store once and again after a change, so that a send costs
/// no unit of the store. [any thread]
class KnownMessengers {
 public:
  /// All given outlive this.
  KnownMessengers(Messengers& messengers, const loader::Registry& registry)
      : messengers_(messengers), registry_(registry) {}

  /// As it is now. Its plugin is looked for when none is loaded. Blocks for the store; throws StoreError.
  std::shared_ptr<const KnownMessenger> find(const std::string& id);

  /// What there is to say of one that is not there.
  static std::shared_ptr<const KnownMessenger> not_known(const std::string& id);

 private:
  std::shared_ptr<const KnownMessenger> keep(const std::string& id, std::shared_ptr<const KnownMessenger> known,
                                             std::uint64_t revision);

  Messengers& messengers_;
  const loader::Registry& registry_;
  std::mutex mutex_;
  std::uint64_t revision_ = 0;                                          // guarded by mutex_; of known_
  std::map<std::string, std::shared_ptr<const KnownMessenger>> known_;  // guarded by mutex_
};

}  // namespace messenger::host
