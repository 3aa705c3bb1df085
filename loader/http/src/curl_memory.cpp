// SPDX-License-Identifier: Apache-2.0
#include "curl_memory.hpp"

#include <curl/curl.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace messenger::http {

namespace {

// Read for each block: initial-exec needs no call for it.
[[gnu::tls_model("initial-exec")]] constinit thread_local BlockCache* cache = nullptr;

// libcurl fills its buffers from the front, and the largest of them mostly are far from full: after a whole stride of
// zeros nothing follows, as long as requests and answers are text.
constexpr std::size_t stride = 1'024;

bool is_zero(const char* at, std::size_t size) noexcept {
  return size == 0 || (at[0] == 0 && std::memcmp(at, at + 1, size - 1) == 0);
}

void wipe_large(char* at, std::size_t left) noexcept {
  while (left != 0) {
    const std::size_t size = std::min(left, stride);
    if (is_zero(at, size)) {
      return;
    }
    explicit_bzero(at, size);
    at += size;
    left -= size;
  }
}

// Most blocks are small: these stores cost less than a call. The barrier keeps them, although nobody reads them.
void wipe_small(char* at, std::size_t size) noexcept {
  std::memset(at, 0, 8);
  for (std::size_t i = 8; i != size; i += 16) {
    std::memset(at + i, 0, 16);
    asm volatile("" ::"r"(at) : "memory");
  }
}

void wipe(void* block, std::size_t size) noexcept {
  if (size <= 120 && size % 16 == 8) {  // as all are that glibc gives
    wipe_small(static_cast<char*>(block), size);
  } else if (size <= BlockCache::largest_zeroed) {
    explicit_bzero(block, size);
  } else {
    wipe_large(static_cast<char*>(block), size);
  }
}

void* allocate(std::size_t size) {
  void* const kept = cache == nullptr ? nullptr : cache->take(size);
  return kept != nullptr ? kept : std::malloc(size);
}

void* allocate_zeroed(std::size_t count, std::size_t size) {
  const bool small = count <= BlockCache::largest_zeroed && size <= BlockCache::largest_zeroed &&
                     count * size <= BlockCache::largest_zeroed;
  void* const kept = cache == nullptr || !small ? nullptr : cache->take(count * size);
  return kept != nullptr ? kept : std::calloc(count, size);
}

char* duplicate(const char* text) {
  const std::size_t size = std::strlen(text) + 1;
  void* const copy = allocate(size);
  return copy == nullptr ? nullptr : static_cast<char*>(std::memcpy(copy, text, size));
}

void wipe_and_free(void* block) {
  if (block == nullptr) {
    return;
  }
  const std::size_t usable = malloc_usable_size(block);
  wipe(block, usable);
  if (cache == nullptr || !cache->keep(block, usable)) {
    std::free(block);
  }
}

// Not realloc, which would leave the old block behind as it is.
void* grow(void* block, std::size_t size) {
  const std::size_t old = block == nullptr ? 0 : malloc_usable_size(block);
  if (block != nullptr && size <= old) {
    return block;
  }
  void* const larger = allocate(std::max<std::size_t>(size, 1));
  if (larger != nullptr && block != nullptr) {
    std::memcpy(larger, block, old);
    wipe_and_free(block);
  }
  return larger;
}

}  // namespace

bool start_curl() noexcept {
  static const CURLcode started =
      curl_global_init_mem(CURL_GLOBAL_ALL, allocate, wipe_and_free, grow, duplicate, allocate_zeroed);
  // Client certificates as bytes and the wiping of answers are OpenSSL's; another backend would do without, silently.
  const char* const tls = curl_version_info(CURLVERSION_NOW)->ssl_version;
  return started == CURLE_OK && tls != nullptr && std::string_view(tls).starts_with("OpenSSL");
}

ThreadMemory::ThreadMemory() noexcept {
  cache = &cache_;
}

ThreadMemory::~ThreadMemory() {
  cache = nullptr;
}

}  // namespace messenger::http
