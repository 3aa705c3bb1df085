// SPDX-License-Identifier: Apache-2.0
#include "parked.hpp"

#include <array>
#include <mutex>
#include <utility>
#include <vector>

#include "completion.hpp"
#include "core.hpp"
#include "instance.hpp"

namespace messenger::loader {
namespace {

struct Parked {
  std::mutex mutex;
  std::vector<std::shared_ptr<Instance>> instances;
};

struct Graveyard {
  std::mutex mutex;
  std::array<std::shared_ptr<Instance>, 256> shells;
  std::size_t next = 0;
};

// Both are reachable for ever and never destroyed: threads of plugins may run on after the end of main.
Parked& parked() {
  static auto* const kept = new Parked;
  return *kept;
}

Graveyard& graveyard() {
  static auto* const kept = new Graveyard;
  return *kept;
}

void answer_open(Instance& instance) noexcept {
  if (!instance.try_pin()) return;  // nothing is open, and its slots may be going
  instance.slots.for_each([&](Slot& slot) {
    const std::uint64_t word = slot.word.load(std::memory_order_seq_cst);
    if ((word & in_use::open) == 0) return;
    answer_for_plugin(instance, slot, slot.ticket_of(word), InPlace::parked);
  });
  instance.unpin(1);
}

}  // namespace

void park(const std::shared_ptr<Instance>& instance, std::string_view why) noexcept {
  if (instance->parked.exchange(true, std::memory_order_seq_cst)) return;
  {
    const std::lock_guard lock(parked().mutex);
    parked().instances.push_back(instance);
  }
  instance->core().instances.remove(instance);
  instance->note(Event::parked, LogLevel::error, why);
  answer_open(*instance);
}

void bury(std::shared_ptr<Instance> instance) noexcept {
  Graveyard& yard = graveyard();
  std::unique_lock lock(yard.mutex);
  std::swap(yard.shells[yard.next], instance);
  yard.next = (yard.next + 1) % yard.shells.size();
  lock.unlock();  // what the oldest shell held goes without the lock
}

}  // namespace messenger::loader
