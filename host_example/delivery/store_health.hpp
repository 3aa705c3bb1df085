// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <string_view>

#include "runtime/log.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// Runs units of rows (Sharing) of a store that may be away: after a failure it is left alone for a while that grows,
/// and the log says once that it failed and once that it is back. [one thread]
class StoreHealth {
 public:
  StoreHealth(Store& store, const Log& log) : store_(store), log_(log) {}

  /// Whether a unit may be tried now.
  bool is_ready(std::int64_t now) const noexcept { return now >= retry_at_; }
  bool is_failing() const noexcept { return failures_ > 0; }
  std::int64_t retry_at() const noexcept { return retry_at_; }  ///< epoch ms; 0 = now

  /// False when it failed, or was not tried because the store is left alone. It may have been committed all the same.
  bool transact(const std::function<void(Transaction&)>& work) noexcept;
  /// The same, even while the store is left alone.
  bool transact_now(const std::function<void(Transaction&)>& work) noexcept;
  /// The last failure says nothing of the unit: the store was busy, away or full, or there was no memory.
  bool may_pass() const noexcept { return may_pass_; }

 private:
  void failed(const std::exception& error) noexcept;
  void worked() noexcept;

  Store& store_;
  const Log& log_;
  std::int64_t failures_ = 0, retry_at_ = 0;
  bool may_pass_ = false;
};

}  // namespace messenger::host
