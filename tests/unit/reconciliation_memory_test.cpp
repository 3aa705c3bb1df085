// SPDX-License-Identifier: Apache-2.0
// What is left in freed memory when a message in doubt is looked for. It has the whole program's operator delete.
#include <malloc.h>
#include <pthread.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <new>

#include "twilio_dispatch_site.hpp"

using namespace messenger::test;

namespace {

constexpr std::string_view canary = "canary, not to be left behind";
std::atomic<bool> is_watching{false};
std::atomic<int> left_behind{0};

bool is_dispatch_thread() noexcept {
  char name[16] = {};
  return ::pthread_getname_np(::pthread_self(), name, sizeof name) == 0 && std::string_view(name) == "host-dispatch";
}

}  // namespace

// Not inlined: gcc would see malloc meet delete and warn.
[[gnu::noinline]] void* operator new(std::size_t size) {
  if (void* const block = std::malloc(size)) {
    return block;
  }
  throw std::bad_alloc();
}

void operator delete(void* block) noexcept {
  if (block != nullptr && is_watching && is_dispatch_thread()) {
    const std::string_view bytes(static_cast<const char*>(block), ::malloc_usable_size(block));
    left_behind += bytes.find(canary) == std::string_view::npos ? 0 : 1;
  }
  std::free(block);
}

void operator delete(void* block, std::size_t) noexcept {
  operator delete(block);
}

BOOST_AUTO_TEST_CASE(looking_for_a_message_leaves_no_copy_of_its_text_in_freed_memory) {
  auto options = DispatchSite::quick();
  options.look_after = {std::chrono::milliseconds(300)};
  TwilioDispatchSite site(options);
  site.fault(R"({"status":500})");
  const std::string id = site.accept(site.submission(DispatchSite::first, std::string(canary)));
  BOOST_TEST(site.becomes(id, "unknown"));
  is_watching = true;
  BOOST_TEST(soon([&] { return site.output.text().find("it stays in doubt") != std::string::npos; }));
  is_watching = false;
  BOOST_TEST(site.simulator.requests("/2010").size() == 2U);
  BOOST_TEST(left_behind == 0);
}
