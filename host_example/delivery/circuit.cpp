// SPDX-License-Identifier: Apache-2.0
#include "delivery/circuit.hpp"

#include <algorithm>
#include <utility>

#include "delivery/back_off.hpp"

namespace messenger::host {

using loader::Outcome;

namespace {

bool is_failure(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::retry:
    case Outcome::config:
    case Outcome::unknown:
    case Outcome::deadline:
      return true;
    case Outcome::ok:
    case Outcome::rejected:
    case Outcome::cancelled:
      break;
  }
  return false;
}

}  // namespace

Circuit::Position Circuit::position(std::int64_t now) const noexcept {
  return !is_open_ ? Position::closed : now < retry_at_ ? Position::open : Position::half_open;
}

bool Circuit::admits(std::int64_t now) const noexcept {
  return !is_open_ || (now >= retry_at_ && !probing_);
}

std::uint64_t Circuit::begin(std::int64_t now) noexcept {
  probing_ = probing_ || position(now) == Position::half_open;
  return era_;
}

Circuit::Change Circuit::end(std::uint64_t begun, Outcome outcome, std::chrono::milliseconds retry_after,
                             const std::string& reason, std::int64_t now, const Settings& settings) {
  if (begun != era_) {
    return Change::none;
  }
  if (outcome == Outcome::cancelled) {
    abandon(begun);
    return Change::none;
  }
  if (is_failure(outcome)) {
    ++failures_;
    const bool opens = is_open_ || outcome == Outcome::config || failures_ >= settings.failures_to_open;
    return opens ? open(outcome, retry_after, reason, now, settings) : Change::none;
  }
  failures_ = 0;
  if (!is_open_) {
    return Change::none;
  }
  reset();
  return Change::closed;
}

Circuit::Change Circuit::open(Outcome outcome, std::chrono::milliseconds retry_after, const std::string& reason,
                              std::int64_t now, const Settings& settings) {
  const auto pause = std::max(doubled(settings.shortest_break, settings.longest_break, openings_++), retry_after);
  retry_at_ = now + std::min(pause, longest_wait).count();
  misconfigured_ = outcome == Outcome::config;
  reason_ = reason;
  probing_ = false;
  ++era_;
  return std::exchange(is_open_, true) ? Change::none : Change::opened;
}

void Circuit::abandon(std::uint64_t begun) noexcept {
  if (begun == era_) {
    probing_ = false;
  }
}

void Circuit::reset() noexcept {
  const std::uint64_t next = era_ + 1;
  *this = Circuit();
  era_ = next;
}

bool Circuit::tell_bypassed() noexcept {
  return !std::exchange(told_bypassed_, true);
}

}  // namespace messenger::host
