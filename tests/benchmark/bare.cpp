// SPDX-License-Identifier: Apache-2.0
#include "bare.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "figures.hpp"

namespace messenger::benchmark {

std::size_t best_multi_handles(std::size_t in_flight) {
  // As measured: with 64 in flight two handles save 4 % of the time (11 % of the instructions) over one, with 1,024
  // sixteen are as good as thirty-two.
  const std::size_t of_each = in_flight <= 256 ? 32 : 64;
  return std::max<std::size_t>(1, in_flight / of_each);
}

Bare::Bare(const std::vector<Workload>& workloads, std::size_t in_flight, std::size_t multi_handles, Tuning tuning)
    : in_flight_(in_flight), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  for (const Workload& workload : workloads) {
    requests_.push_back(std::make_unique<BareRequest>(workload, tuning));
  }
  for (std::uint32_t i = 0; i < multi_handles; ++i) {
    multis_.push_back(std::make_unique<BareMulti>(*this, epoll_, i, workloads.size(), in_flight));
  }
}

Bare::~Bare() {
  multis_.clear();
  ::close(epoll_);
}

void Bare::send(std::size_t count) {
  begin(count);
  while (done_ < target_) {
    turn(-1);
  }
}

void Bare::send_until(const std::function<bool()>& enough) {
  begin(in_flight_);
  while (!enough()) {
    turn(1);
  }
}

void Bare::begin(std::size_t count) {
  done_ = 0;
  target_ = count;
  started_ = 0;
  for (std::size_t i = 0; i < std::min(in_flight_, count); ++i) {
    start(*multis_[i % multis_.size()]);
  }
}

void Bare::start(BareMulti& multi) {
  const std::size_t workload = started_++ % requests_.size();
  BareSlot* slot = multi.take(workload);
  if (slot == nullptr) {
    slot = &multi.add(workload);
    requests_[workload]->set_up(slot->easy);
  }
  multi.start(*slot);
}

void Bare::ended(BareMulti& multi, BareSlot& slot, CURLcode result) {
  slot.easy.expect_success(result);
  ++done_;
  if (started_ < target_) {
    start(multi);
  }
}

void Bare::turn(int longest_wait_ms) {
  using Clock = BareMulti::Clock;
  auto wakes_at = Clock::time_point::max();
  const auto now = Clock::now();
  for (const auto& multi : multis_) {
    multi->on_time(now);
    multi->collect();
    wakes_at = std::min(wakes_at, multi->wakes_at());
  }
  if (done_ == target_) {
    return;  // the last answer was there at once: nothing would ever wake epoll
  }
  int milliseconds = longest_wait_ms;
  if (wakes_at != Clock::time_point::max()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(wakes_at - now);
    milliseconds =
        static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, longest_wait_ms < 0 ? 60'000 : longest_wait_ms));
  }
  std::array<epoll_event, 256> events;
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), milliseconds);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    multis_[event.data.u64 >> 32]->on_event(static_cast<int>(event.data.u64 & 0xffffffffU), event.events);
  }
  for (const auto& multi : multis_) {
    multi->collect();  // what it starts leaves at the next turn's beginning, before the thread sleeps
  }
}

std::vector<double> measure(Bare& bare, const Run& run) {
  bare.send(2 * run.in_flight);  // opens the connections
  const Stopwatch watch;
  bare.send(run.sends);
  return watch.cost(run.sends);
}

}  // namespace messenger::benchmark
