// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <messenger/loader/registry.hpp>
#include <random>
#include <thread>
#include <utility>
#include <vector>

namespace messenger::test {

/// What Traffic does. Both functions are called on several threads.
struct TrafficPlan {
  std::size_t senders, sends_each;
  std::size_t sends_per_change;  ///< of one sender, which waits for the changes, so that they keep pace on any machine
  std::function<std::uint64_t(std::size_t send, std::minstd_rand& random)> send;  ///< gives the ticket
  std::function<void(std::minstd_rand& random)> change;                           ///< may find the registry shut down
};

/// Threads that send, two that change the messengers meanwhile, and one that cancels some of the sends.
class Traffic {
 public:
  Traffic(loader::Registry& registry, TrafficPlan plan) : registry_(registry), plan_(std::move(plan)) {
    for (unsigned i = 0; i != plan_.senders; ++i) senders_.emplace_back([this, i] { send_all(i); });
    for (unsigned i = 0; i != 2; ++i) others_.emplace_back([this, i] { change_all(i); });
    others_.emplace_back([this] { cancel_some(); });
  }
  Traffic(const Traffic&) = delete;
  Traffic& operator=(const Traffic&) = delete;
  ~Traffic() { finish(); }

  /// Waits until everything has been sent, and ends the other threads.
  void finish() {
    for (std::thread& thread : std::exchange(senders_, {})) thread.join();
    ended_ = true;
    for (std::thread& thread : std::exchange(others_, {})) thread.join();
  }

 private:
  void send_all(unsigned sender) {
    std::minstd_rand random(sender + 1);
    for (std::size_t i = 0; i != plan_.sends_each; ++i) {
      while (changes_ < i / plan_.sends_per_change && !ended_) std::this_thread::yield();
      const std::uint64_t ticket = plan_.send(sender * plan_.sends_each + i, random);
      tickets_[random() % tickets_.size()] = ticket;
    }
  }

  void change_all(unsigned changer) {
    std::minstd_rand random(changer + 99);
    while (!ended_) {
      try {
        plan_.change(random);
        ++changes_;
      } catch (const loader::Error&) {
        ended_ = true;
      }
      std::this_thread::yield();
    }
  }

  void cancel_some() {
    std::minstd_rand random(7);
    while (!ended_) {
      registry_.cancel(tickets_[random() % tickets_.size()]);
      std::this_thread::sleep_for(std::chrono::microseconds(random() % 200));
    }
  }

  loader::Registry& registry_;
  const TrafficPlan plan_;
  std::array<std::atomic<std::uint64_t>, 64> tickets_{};  // some of those that were given last
  std::atomic<std::size_t> changes_{0};
  std::atomic<bool> ended_{false};
  std::vector<std::thread> senders_, others_;
};

}  // namespace messenger::test
