// SPDX-License-Identifier: Apache-2.0
#include "multi_set.hpp"

#include <algorithm>

#include "endpoint.hpp"

namespace messenger::http {

MultiSet::MultiSet(SocketWatch& sockets, const std::uint64_t& now_ns, std::size_t max_idle)
    : sockets_(sockets), now_ns_(now_ns), max_idle_(max_idle) {
  multis_.push_back(std::make_unique<Multi>(0, sockets_, now_ns_));
  share_out();
}

// An endpoint's own connections are in one pool, whose sockets must not change from one handle to another.
Multi& MultiSet::choose(const Transfer& transfer) noexcept {
  if (transfer.endpoint().has_own_connections()) {
    return *multis_.front();
  }
  while (first_with_room_ < multis_.size() && multis_[first_with_room_]->transfers() >= transfers_each) {
    ++first_with_room_;
  }
  if (first_with_room_ == multis_.size()) {
    try {
      multis_.push_back(std::make_unique<Multi>(multis_.size(), sockets_, now_ns_));
      connections_changed_ = true;  // it has no share of them yet
    } catch (...) {
      first_with_room_ = 0;  // without memory for another one, the first is only slower
    }
  }
  return *multis_[first_with_room_];
}

bool MultiSet::add(Transfer& transfer) noexcept {
  return choose(transfer).add(transfer);
}

void MultiSet::remove(Transfer& transfer) noexcept {
  Multi& multi = *transfer.multi;
  multi.remove(transfer);
  first_with_room_ = std::min(first_with_room_, multi.index());
}

void MultiSet::act_if_due() noexcept {
  for (const auto& multi : multis_) {
    multi->act_if_due();
  }
}

void MultiSet::tidy() noexcept {
  while (has_idle_last() && now_ns_ >= multis_.back()->idle_since_ns() + idle_kept_ns) {
    multis_.pop_back();
    first_with_room_ = std::min(first_with_room_, multis_.size() - 1);
  }
  if (connections_changed_) {
    share_out();
  }
}

// A handle may keep what the others leave, and its equal part in any case, or one that comes late could keep none: the
// sum may be more than the limit. libcurl closes at most one connection for each that becomes idle, so after a crowd
// the number settles as requests end.
void MultiSet::share_out() noexcept {
  connections_changed_ = false;
  const std::size_t part = std::max<std::size_t>(1, max_idle_ / multis_.size());  // 0 would be no limit
  for (const auto& multi : multis_) {
    const std::size_t elsewhere = std::min(max_idle_, connections_ - multi->connections());
    multi->keep(std::max(part, max_idle_ - elsewhere));
  }
}

std::uint64_t MultiSet::next_ns() const noexcept {
  std::uint64_t next = has_idle_last() ? multis_.back()->idle_since_ns() + idle_kept_ns : never_ns;
  for (const auto& multi : multis_) {
    next = std::min(next, multi->timer_ns());
  }
  return next;
}

void MultiSet::count_connection(Multi& multi, bool made) noexcept {
  multi.count_connection(made);
  connections_ += made ? 1 : std::size_t(-1);
  connections_changed_ = true;
}

}  // namespace messenger::http
