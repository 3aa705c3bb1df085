// SPDX-License-Identifier: Apache-2.0
#include "slots.hpp"

#include <algorithm>

namespace messenger::loader {
namespace {

constexpr std::uint64_t index_part = 0xffffffffu;
constexpr std::uint64_t one_tag = std::uint64_t{1} << 32;

}  // namespace

Slots::Slots(std::size_t limit)
    : limit_(std::clamp(limit, std::size_t{1}, max_slots)), chunks_((limit_ + chunk_size - 1) / chunk_size) {}

Slots::~Slots() {
  free_all();
}

void Slots::free_all() noexcept {
  made_.store(0, std::memory_order_release);
  free_.store(0, std::memory_order_release);
  for (auto& chunk : chunks_) delete[] chunk.load();
  decltype(chunks_)().swap(chunks_);
}

Slot* Slots::pop() noexcept {
  std::uint64_t head = free_.load(std::memory_order_acquire);
  while ((head & index_part) != 0) {
    Slot& slot = at((head & index_part) - 1);
    const std::uint64_t next = slot.next.load(std::memory_order_relaxed);
    const std::uint64_t changed = ((head & ~index_part) + one_tag) | next;
    if (free_.compare_exchange_weak(head, changed, std::memory_order_acq_rel, std::memory_order_acquire)) return &slot;
  }
  return nullptr;
}

void Slots::push(Slot& slot) noexcept {
  std::uint64_t head = free_.load(std::memory_order_relaxed);
  std::uint64_t changed = 0;
  do {
    slot.next.store(static_cast<std::uint32_t>(head & index_part), std::memory_order_relaxed);
    changed = ((head & ~index_part) + one_tag) | (slot.index + 1);
  } while (!free_.compare_exchange_weak(head, changed, std::memory_order_acq_rel, std::memory_order_relaxed));
}

Slot* Slots::grow() {
  const std::lock_guard lock(growing_);
  if (Slot* const freed = pop()) return freed;  // another thread has grown meanwhile
  const std::size_t made = made_.load(std::memory_order_relaxed);
  if (made == limit_) return nullptr;
  const std::size_t count = std::min(chunk_size, limit_ - made);
  auto chunk = std::make_unique<Slot[]>(count);
  for (std::size_t i = 0; i != count; ++i) chunk[i].index = static_cast<std::uint32_t>(made + i);
  Slot* const slots = chunk.release();
  chunks_[made / chunk_size].store(slots, std::memory_order_release);
  made_.store(made + count, std::memory_order_seq_cst);
  for (std::size_t i = 1; i != count; ++i) push(slots[i]);
  return slots;
}

Slot* Slots::acquire() {
  Slot* const slot = pop();
  return slot != nullptr ? slot : grow();
}

void Slots::release(Slot& slot) noexcept {
  slot.copy.clear();
  slot.call.reset();
  slot.before.store(slot.word.load(std::memory_order_relaxed) & ~in_use::all, std::memory_order_relaxed);
  push(slot);
}

std::size_t Slots::count_live() noexcept {
  std::size_t count = 0;
  for_each([&](const Slot& slot) { count += slot.word.load(std::memory_order_relaxed) & in_use::live; });
  return count;
}

Slot* Slots::find(std::uint64_t ticket) noexcept {
  const std::size_t index = ticket & ticket_index_mask;
  return index < made_.load(std::memory_order_acquire) ? &at(index) : nullptr;
}

}  // namespace messenger::loader
