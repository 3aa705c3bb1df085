// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <array>
#include <cstddef>

namespace messenger::http {

/// Memory that libcurl has given back, wiped, for its next requests: each takes some thirty blocks, of the same sizes.
/// Of one thread.
class BlockCache {
 public:
  /// Blocks of up to so many usable bytes are kept by their size, and are all zero.
  static constexpr std::size_t largest_zeroed = 2'056;
  /// Of larger ones only what libcurl receives into is kept.
  static constexpr std::size_t receive_buffer = CURL_MAX_WRITE_SIZE + 1;

  BlockCache() = default;
  BlockCache(const BlockCache&) = delete;
  BlockCache& operator=(const BlockCache&) = delete;
  ~BlockCache();

  /// A block of malloc's with room for `size` bytes; null when none is kept.
  void* take(std::size_t size) noexcept;
  /// Keeps a wiped block of `usable` bytes. False when it has no use for it or is full: it stays the caller's.
  bool keep(void* block, std::size_t usable) noexcept;

 private:
  struct Block {
    Block* next;
  };

  // A block of list i has room for step * i + 8 bytes: those are the sizes that glibc gives.
  static constexpr std::size_t step = 16;
  static constexpr std::size_t of_receive_buffers = (largest_zeroed - 8) / step + 1;
  static constexpr std::size_t no_list = 0;
  // What a few hundred transfers give back before the next ones take it.
  static constexpr std::size_t most_bytes = 2'097'152;

  static constexpr std::size_t room_in(std::size_t list) noexcept {
    return list == of_receive_buffers ? receive_buffer : step * list + 8;
  }
  static std::size_t list_for(std::size_t size) noexcept;
  static std::size_t list_of(std::size_t usable) noexcept;

  std::array<Block*, of_receive_buffers + 1> kept_{};
  std::size_t bytes_ = 0;
};

}  // namespace messenger::http
