// SPDX-License-Identifier: Apache-2.0
#include "allocation_count.hpp"

#include <curl/curl.h>
#include <dlfcn.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>

// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): glibc's own, behind malloc
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
}
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)

namespace messenger::test {

namespace {

struct Place {
  std::atomic<void*> at{nullptr};
  std::atomic<std::uint64_t> count{0};
};

std::atomic<bool> counting{false};
std::atomic<std::uint64_t> ours{0}, libcurl{0}, libcurl_asked{0};
std::array<Place, 64> places;
thread_local bool exempt = false;
thread_local int inside_libcurl = 0;

void note_place(void* at) noexcept {
  for (Place& place : places) {
    void* known = nullptr;
    if (place.at.compare_exchange_strong(known, at) || known == at) {
      ++place.count;
      return;
    }
  }
}

void note(void* caller) noexcept {
  if (!counting.load(std::memory_order_relaxed) || exempt) {
    return;
  }
  if (inside_libcurl > 0) {
    ++libcurl;
  } else {
    ++ours;
    note_place(caller);
  }
}

curl_malloc_callback curl_malloc = nullptr;
curl_realloc_callback curl_realloc = nullptr;
curl_strdup_callback curl_strdup = nullptr;
curl_calloc_callback curl_calloc = nullptr;

class InsideLibcurl {
 public:
  InsideLibcurl() noexcept {
    ++inside_libcurl;
    if (counting.load(std::memory_order_relaxed) && !exempt) {
      ++libcurl_asked;
    }
  }
  InsideLibcurl(const InsideLibcurl&) = delete;
  InsideLibcurl& operator=(const InsideLibcurl&) = delete;
  ~InsideLibcurl() { --inside_libcurl; }
};

}  // namespace

void exempt_this_thread() noexcept {
  exempt = true;
}

void start_counting() noexcept {
  ours = libcurl = libcurl_asked = 0;
  for (Place& place : places) {
    place.at = nullptr;
    place.count = 0;
  }
  counting = true;
}

AllocationCount stop_counting() noexcept {
  counting = false;
  return {ours, libcurl, libcurl_asked};
}

std::string who_allocated() {
  std::string lines;
  for (const Place& place : places) {
    Dl_info info{};
    if (place.at == nullptr || dladdr(place.at, &info) == 0) {
      continue;
    }
    const auto offset = static_cast<char*>(place.at.load()) - static_cast<char*>(info.dli_fbase);
    lines += std::to_string(place.count) + " " + info.dli_fname + "+" + std::to_string(offset) + "\n";
  }
  return lines;
}

}  // namespace messenger::test

using messenger::test::note;

// libcurl gets its memory through the functions that the HTTP service gives it here.
extern "C" CURLcode curl_global_init_mem(long flags, curl_malloc_callback m, curl_free_callback f,
                                         curl_realloc_callback r, curl_strdup_callback s, curl_calloc_callback c) {
  using namespace messenger::test;
  curl_malloc = m;
  curl_realloc = r;
  curl_strdup = s;
  curl_calloc = c;
  const auto real = reinterpret_cast<decltype(&curl_global_init_mem)>(dlsym(RTLD_NEXT, "curl_global_init_mem"));
  return real(
      flags,
      [](std::size_t size) {
        const InsideLibcurl inside;
        return curl_malloc(size);
      },
      f,
      [](void* block, std::size_t size) {
        const InsideLibcurl inside;
        return curl_realloc(block, size);
      },
      [](const char* text) {
        const InsideLibcurl inside;
        return curl_strdup(text);
      },
      [](std::size_t count, std::size_t size) {
        const InsideLibcurl inside;
        return curl_calloc(count, size);
      });
}

extern "C" void* malloc(std::size_t size) {
  note(__builtin_return_address(0));
  return __libc_malloc(size);
}

extern "C" void* calloc(std::size_t count, std::size_t size) {
  note(__builtin_return_address(0));
  return __libc_calloc(count, size);
}

extern "C" void* realloc(void* block, std::size_t size) {
  note(__builtin_return_address(0));
  return __libc_realloc(block, size);
}

extern "C" void* memalign(std::size_t alignment, std::size_t size) {
  note(__builtin_return_address(0));
  return __libc_memalign(alignment, size);
}

extern "C" void* aligned_alloc(std::size_t alignment, std::size_t size) {
  note(__builtin_return_address(0));
  return __libc_memalign(alignment, size);
}

extern "C" int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  note(__builtin_return_address(0));
  *block = __libc_memalign(alignment, size);
  return *block != nullptr ? 0 : ENOMEM;
}

void* operator new(std::size_t size) {
  note(__builtin_return_address(0));
  if (void* const block = __libc_malloc(size)) {
    return block;
  }
  throw std::bad_alloc();
}

void* operator new(std::size_t size, std::align_val_t alignment) {
  note(__builtin_return_address(0));
  if (void* const block = __libc_memalign(static_cast<std::size_t>(alignment), size)) {
    return block;
  }
  throw std::bad_alloc();
}

void operator delete(void* block) noexcept {
  std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
  std::free(block);
}
void operator delete(void* block, std::align_val_t) noexcept {
  std::free(block);
}
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
  std::free(block);
}
