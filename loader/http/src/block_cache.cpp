// SPDX-License-Identifier: Apache-2.0
#include "block_cache.hpp"

#include <cstdlib>
#include <new>

namespace messenger::http {

BlockCache::~BlockCache() {
  for (Block* block : kept_) {
    while (block != nullptr) {
      Block* const next = block->next;
      std::free(block);
      block = next;
    }
  }
}

// The first whose blocks are large enough.
std::size_t BlockCache::list_for(std::size_t size) noexcept {
  if (size <= largest_zeroed) {
    return size <= room_in(1) ? 1 : (size - 8 + step - 1) / step;
  }
  return size == receive_buffer ? of_receive_buffers : no_list;
}

// The last for which the block is large enough.
std::size_t BlockCache::list_of(std::size_t usable) noexcept {
  if (usable <= largest_zeroed) {
    return usable < room_in(1) ? no_list : (usable - 8) / step;
  }
  return usable >= receive_buffer && usable < receive_buffer + step ? of_receive_buffers : no_list;
}

void* BlockCache::take(std::size_t size) noexcept {
  const std::size_t list = list_for(size);
  Block* const block = kept_[list];
  if (block != nullptr) {
    kept_[list] = block->next;
    block->next = nullptr;
    bytes_ -= room_in(list);
  }
  return block;
}

bool BlockCache::keep(void* block, std::size_t usable) noexcept {
  const std::size_t list = list_of(usable);
  if (list == no_list || bytes_ + room_in(list) > most_bytes) {
    return false;
  }
  kept_[list] = ::new (block) Block{kept_[list]};
  bytes_ += room_in(list);
  return true;
}

}  // namespace messenger::http
