// SPDX-License-Identifier: Apache-2.0
// The ops in flight of one instance.
#ifndef MESSENGER_LOADER_SRC_SLOTS_HPP
#define MESSENGER_LOADER_SRC_SLOTS_HPP

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <messenger/loader/message.hpp>
#include <mutex>
#include <vector>

#include "call_copy.hpp"
#include "message_copy.hpp"

namespace messenger::loader {

/// A ticket is a sequence number, which is never used again in this process, above the index of its slot.
inline constexpr unsigned ticket_index_bits = 20;
inline constexpr std::uint64_t ticket_index_mask = (std::uint64_t{1} << ticket_index_bits) - 1;
inline constexpr std::size_t max_slots = std::size_t{1} << ticket_index_bits;

/// Why a slot is in use. Its word is the op's sequence number above these flags, so that a compare-and-swap touches
/// this op or none; whoever clears the last flag gives the slot back.
namespace in_use {
inline constexpr std::uint64_t live = 1;         ///< the plugin owes the completion
inline constexpr std::uint64_t open = 2;         ///< the caller is owed the answer
inline constexpr std::uint64_t sending = 4;      ///< the plugin has not returned from send
inline constexpr std::uint64_t writing = 8;      ///< the plugin's result is being copied into the slot
inline constexpr std::uint64_t answering = 16;   ///< the caller's completion is being taken out
inline constexpr std::uint64_t outputting = 32;  ///< an output is with the caller, which is not answered meanwhile
inline constexpr std::uint64_t all = ticket_index_mask;
}  // namespace in_use

/// One op in flight. Slots are reused; a steady load allocates nothing.
struct alignas(64) Slot {
  std::atomic<std::uint64_t> word{0};      ///< sequence number and in_use flags
  std::atomic<std::int64_t> answer_by{0};  ///< read by the deadline thread while the slot may already be another op's
  std::atomic<std::uint64_t> before{0};    ///< the sequence number of the op before, to tell a second completion
  std::atomic<std::uint32_t> next{0};      ///< in the list of free slots: index + 1, 0 = none
  std::uint32_t index = 0;
  Completion completion;
  Result result;  ///< used when the op is completed before its send has returned
  MessageCopy copy;
  std::unique_ptr<CallCopy> call;  ///< null when the op is a send

  std::uint64_t ticket_of(std::uint64_t value) const noexcept { return (value & ~in_use::all) | index; }
};

/// Slots by index, made in small chunks when first needed. [any thread]
class Slots {
 public:
  explicit Slots(std::size_t limit);
  Slots(const Slots&) = delete;
  Slots& operator=(const Slots&) = delete;
  ~Slots();

  /// A free slot, or null when all are in use. Throws std::bad_alloc.
  Slot* acquire();
  /// Gives back a slot whose flags are all cleared.
  void release(Slot& slot) noexcept;
  /// The slot that a ticket names, whoever has it now; null when there is none of this index.
  Slot* find(std::uint64_t ticket) noexcept;
  /// How many ops plugins have not completed, counted now.
  std::size_t count_live() noexcept;
  /// Frees all memory. Only when no op is open and nobody can find a slot any more.
  void free_all() noexcept;

  template <class Visit>
  void for_each(Visit visit) {
    // Sequentially consistent like a send's publishing, so that whoever looks for open ops misses none in a new chunk.
    const std::size_t made = made_.load(std::memory_order_seq_cst);
    for (std::size_t index = 0; index != made; ++index) visit(at(index));
  }

 private:
  static constexpr std::size_t chunk_size = 16;

  Slot& at(std::size_t index) noexcept {
    return chunks_[index / chunk_size].load(std::memory_order_acquire)[index % chunk_size];
  }
  Slot* pop() noexcept;
  void push(Slot& slot) noexcept;
  Slot* grow();

  const std::size_t limit_;
  std::vector<std::atomic<Slot*>> chunks_;
  std::atomic<std::size_t> made_{0};
  std::mutex growing_;
  alignas(64) std::atomic<std::uint64_t> free_{0};  // index + 1 below a tag against reuse between load and swap
};

}  // namespace messenger::loader

#endif
