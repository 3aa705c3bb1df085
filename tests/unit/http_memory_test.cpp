// SPDX-License-Identifier: Apache-2.0
// What the HTTP service keeps of the memory that libcurl gives back.
#include <malloc.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <memory>
#include <vector>

#include "block_cache.hpp"

using messenger::http::BlockCache;

namespace {

struct Free {
  void operator()(char* block) const noexcept { std::free(block); }
};
using Block = std::unique_ptr<char, Free>;

Block wiped(std::size_t size) {
  return Block(static_cast<char*>(std::calloc(1, size)));
}

// What the C library makes of a size, and a sanitizer does not.
std::size_t rounded(std::size_t size) {
  return std::max<std::size_t>(24, (size + 8 + 15) / 16 * 16 - 8);
}

// Whether the cache took it.
bool keep(BlockCache& cache, Block block) {
  const bool kept = cache.keep(block.get(), malloc_usable_size(block.get()));
  if (kept) {
    static_cast<void>(block.release());
  }
  return kept;
}

Block take(BlockCache& cache, std::size_t size) {
  return Block(static_cast<char*>(cache.take(size)));
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_block_serves_the_next_request_of_its_size) {
  BlockCache cache;
  for (const std::size_t size : {std::size_t{1}, std::size_t{24}, std::size_t{25}, std::size_t{1'100},
                                 BlockCache::largest_zeroed, BlockCache::upload_buffer, BlockCache::transfer_buffer}) {
    Block block = wiped(rounded(size));
    const char* const at = block.get();
    BOOST_TEST_REQUIRE(keep(cache, std::move(block)), size);
    const Block again = take(cache, size);
    BOOST_TEST(static_cast<const void*>(again.get()) == static_cast<const void*>(at), size);
    BOOST_TEST(take(cache, size) == nullptr, size);
  }
}

BOOST_AUTO_TEST_CASE(a_block_is_never_smaller_than_what_is_asked_for_and_all_zero) {
  BlockCache cache;
  for (std::size_t size = 1; size <= 2 * BlockCache::largest_zeroed; ++size) {
    keep(cache, wiped(size));
  }
  std::size_t served = 0;
  for (std::size_t size = BlockCache::largest_zeroed; size != 0; --size) {
    const Block block = take(cache, size);
    if (block == nullptr) {
      continue;
    }
    ++served;
    const std::size_t usable = malloc_usable_size(block.get());
    BOOST_TEST(usable >= size);
    BOOST_TEST(std::all_of(block.get(), block.get() + usable, [](char c) { return c == 0; }));
  }
  BOOST_TEST(served > 1'000U);
}

BOOST_AUTO_TEST_CASE(what_libcurl_seldom_asks_for_is_not_kept) {
  BlockCache cache;
  for (const std::size_t size :
       {BlockCache::largest_zeroed + 16, std::size_t{4'096}, BlockCache::transfer_buffer + 64, std::size_t{65'536}}) {
    BOOST_TEST(!keep(cache, wiped(size)), size);
    BOOST_TEST(take(cache, size) == nullptr, size);
  }
}

BOOST_AUTO_TEST_CASE(it_keeps_no_more_than_its_bound) {
  BlockCache cache;
  std::size_t kept = 0;
  while (keep(cache, wiped(1'000))) {
    kept += 1'000;
    BOOST_TEST_REQUIRE(kept <= BlockCache::most_bytes);
  }
  BOOST_TEST(kept > BlockCache::most_bytes / 2);
  BOOST_TEST(take(cache, 1'000) != nullptr);
  BOOST_TEST(keep(cache, wiped(1'000)));
}
