// SPDX-License-Identifier: Apache-2.0
#include "delivery/store_health.hpp"

#include <new>
#include <utility>

#include "delivery/back_off.hpp"

namespace messenger::host {

namespace {

constexpr std::chrono::milliseconds shortest_pause{100}, longest_pause{5'000};

template <class Error>
bool is(const std::exception& error) noexcept {
  return dynamic_cast<const Error*>(&error) != nullptr;
}

}  // namespace

bool StoreHealth::transact(const std::function<void(Transaction&)>& work) noexcept {
  if (!is_ready(now_ms())) {
    return false;
  }
  try {
    store_.transact(work, Sharing::rows);
    worked();
    return true;
  } catch (const std::exception& error) {
    failed(error);
    return false;
  }
}

bool StoreHealth::transact_now(const std::function<void(Transaction&)>& work) noexcept {
  retry_at_ = 0;
  return transact(work);
}

void StoreHealth::failed(const std::exception& error) noexcept {
  retry_at_ = now_ms() + doubled(shortest_pause, longest_pause, failures_).count();
  may_pass_ = is<StoreBusy>(error) || is<StoreFull>(error) || is<std::bad_alloc>(error);
  if (failures_++ == 0) {
    log_.error("The outbox waits for its store: " + std::string(error.what()));
  }
}

void StoreHealth::worked() noexcept {
  if (std::exchange(failures_, 0) > 0) {
    log_.info("The outbox has its store again.");
  }
  retry_at_ = 0;
}

}  // namespace messenger::host
