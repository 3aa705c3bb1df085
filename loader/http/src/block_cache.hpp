// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace messenger::http {

/// Memory that libcurl has given back, wiped, for its next requests: each takes some thirty blocks, of the same sizes.
/// Of one thread. What is used for each block is inline.
class BlockCache {
 public:
  /// Blocks of up to so many usable bytes are kept by their size, and are all zero.
  static constexpr std::size_t largest_zeroed = 2'056;
  /// Of larger ones only what libcurl receives into, and over TLS sends from, is kept.
  static constexpr std::size_t transfer_buffer = CURL_MAX_WRITE_SIZE + 1;
  /// What it is to send from: a TLS record, which a byte more would make two. glibc gives both the same block.
  static constexpr std::size_t upload_buffer = CURL_MAX_WRITE_SIZE;
  /// It keeps no more: what 250 transfers give back before the next ones take it, over TLS half as many.
  static constexpr std::size_t most_bytes = 4'194'304;

  BlockCache() = default;
  BlockCache(const BlockCache&) = delete;
  BlockCache& operator=(const BlockCache&) = delete;
  ~BlockCache() {
    for (Block* block : kept_) {
      while (block != nullptr) {
        Block* const next = block->next;
        std::free(block);
        block = next;
      }
    }
  }

  /// A block of malloc's with room for `size` bytes; null when none is kept.
  void* take(std::size_t size) noexcept {
    const std::size_t list = list_for(size);
    Block* const block = kept_[list];
    if (block != nullptr) {
      kept_[list] = block->next;
      block->next = nullptr;
      bytes_ -= room_in(list);
    }
    return block;
  }

  /// Keeps a wiped block of malloc's with `usable` bytes. False when it has no use for it or is full: it stays the
  /// caller's.
  bool keep(void* block, std::size_t usable) noexcept {
    const std::size_t list = list_of(usable);
    const std::size_t bytes = bytes_ + room_in(list);
    if (list == no_list || bytes > most_bytes) {
      return false;
    }
    kept_[list] = ::new (block) Block{kept_[list]};
    bytes_ = bytes;
    return true;
  }

 private:
  struct Block {
    Block* next;
  };

  // A block of list i has room for step * i + 8 bytes: those are the sizes that glibc gives.
  static constexpr std::size_t step = 16;
  static constexpr std::size_t of_transfer_buffers = (largest_zeroed - 8) / step + 1;
  static constexpr std::size_t no_list = 0;

  static constexpr std::size_t room_in(std::size_t list) noexcept {
    return list == of_transfer_buffers ? transfer_buffer : step * list + 8;
  }
  // The first whose blocks are large enough.
  static constexpr std::size_t list_for(std::size_t size) noexcept {
    if (size <= largest_zeroed) {
      return size <= room_in(1) ? 1 : (size - 8 + step - 1) / step;
    }
    return size == transfer_buffer || size == upload_buffer ? of_transfer_buffers : no_list;
  }
  // The last for which the block is large enough.
  static constexpr std::size_t list_of(std::size_t usable) noexcept {
    if (usable <= largest_zeroed) {
      return usable < room_in(1) ? no_list : (usable - 8) / step;
    }
    return usable >= transfer_buffer && usable < transfer_buffer + step ? of_transfer_buffers : no_list;
  }

  std::array<Block*, of_transfer_buffers + 1> kept_{};
  std::size_t bytes_ = 0;
};

}  // namespace messenger::http
