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

// libcurl fills its buffers from the front, and the largest of them mostly are far from full: after a whole stride of
// zeros nothing follows.
constexpr std::size_t stride = 1'024;

bool is_zero(const char* at, std::size_t size) noexcept {
  return size == 0 || (at[0] == 0 && std::memcmp(at, at + 1, size - 1) == 0);
}

void wipe_and_free(void* block) {
  if (block == nullptr) {
    return;
  }
  auto* at = static_cast<char*>(block);
  for (std::size_t left = malloc_usable_size(block); left != 0;) {
    const std::size_t size = std::min(left, stride);
    if (is_zero(at, size)) {
      break;
    }
    explicit_bzero(at, size);
    at += size;
    left -= size;
  }
  std::free(block);
}

// Not realloc, which would leave the old block behind as it is.
void* grow(void* block, std::size_t size) {
  const std::size_t old = block == nullptr ? 0 : malloc_usable_size(block);
  if (block != nullptr && size <= old) {
    return block;
  }
  void* const larger = std::malloc(std::max<std::size_t>(size, 1));
  if (larger != nullptr && block != nullptr) {
    std::memcpy(larger, block, old);
    wipe_and_free(block);
  }
  return larger;
}

}  // namespace

bool start_curl() noexcept {
  static const CURLcode started =
      curl_global_init_mem(CURL_GLOBAL_ALL, std::malloc, wipe_and_free, grow, strdup, std::calloc);
  // Client certificates as bytes and the wiping of answers are OpenSSL's; another backend would do without, silently.
  const char* const tls = curl_version_info(CURLVERSION_NOW)->ssl_version;
  return started == CURLE_OK && tls != nullptr && std::string_view(tls).starts_with("OpenSSL");
}

}  // namespace messenger::http
