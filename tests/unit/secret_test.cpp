// SPDX-License-Identifier: Apache-2.0
#include <messenger/secret.hpp>

#include <boost/test/unit_test.hpp>
#include <concepts>
#include <cstdlib>
#include <new>
#include <ostream>
#include <type_traits>
#include <utility>

using messenger::Secret;

namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) {
  out << value;
};

static_assert(Streamable<int> && !Streamable<Secret>);
static_assert(!std::convertible_to<Secret, std::string> && !std::convertible_to<Secret, std::string_view>);
static_assert(!std::convertible_to<std::string, Secret> && !std::convertible_to<const char*, Secret>);
static_assert(!std::equality_comparable<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret> && std::is_nothrow_move_assignable_v<Secret>);

constexpr std::string_view text = "s3cret";

// Arrays are watched as they are freed: a Secret's must be all zero by then.
std::size_t freed_clean = 0;
std::size_t freed_dirty = 0;
std::size_t watched_size = 0;

void look(const void* memory) {
  if (watched_size == 0 || memory == nullptr) {
    return;
  }
  const std::string_view left(static_cast<const char*>(memory), watched_size);
  ++(left.find_first_not_of('\0') == std::string_view::npos ? freed_clean : freed_dirty);
}

}  // namespace

void* operator new[](std::size_t size) {
  void* memory = std::malloc(size);
  if (memory == nullptr) {
    throw std::bad_alloc();
  }
  return memory;
}
void operator delete[](void* memory) noexcept {
  look(memory);
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  operator delete[](memory);
}

BOOST_AUTO_TEST_CASE(every_end_of_a_secret_wipes_it) {
  watched_size = text.size();
  {
    Secret destroyed(text);
    Secret assigned(text);
    Secret moved_over(text);
    assigned = Secret(text);
    moved_over = std::move(destroyed);
  }
  watched_size = 0;
  BOOST_TEST(freed_clean == 4U);  // all that were ever made: moving makes none
  BOOST_TEST(freed_dirty == 0U);
}

BOOST_AUTO_TEST_CASE(reveals_what_it_was_given) {
  BOOST_TEST(Secret(text).reveal() == text);
  BOOST_TEST(Secret().empty());
  BOOST_TEST(Secret("").reveal().data() == nullptr);
}

BOOST_AUTO_TEST_CASE(a_move_hands_over_the_one_buffer) {
  Secret first(text);
  const char* where = first.reveal().data();
  const Secret second(std::move(first));
  BOOST_TEST((second.reveal().data() == where));
  BOOST_TEST(first.empty());  // NOLINT(bugprone-use-after-move): that is the question
}

BOOST_AUTO_TEST_CASE(assignment_replaces_and_survives_itself) {
  Secret one(text);
  Secret two("other");
  two = one;
  BOOST_TEST(two.reveal() == text);
  Secret& alias = two;
  two = alias;
  BOOST_TEST(two.reveal() == text);
  one = Secret("third");
  BOOST_TEST(one.reveal() == "third");
}

BOOST_AUTO_TEST_CASE(wipe_clears_the_whole_buffer) {
  for (const std::string_view held :
       {std::string_view("short"), std::string_view("longer than any short string buffer")}) {
    std::string buffer(held);
    buffer.reserve(100);
    buffer.assign(held);
    const char* memory = buffer.data();
    messenger::wipe(buffer);
    BOOST_TEST(buffer.empty());
    BOOST_TEST((buffer.data() == memory));
    BOOST_TEST(std::string_view(memory, buffer.capacity()).find_first_not_of('\0') == std::string_view::npos);
  }
}
