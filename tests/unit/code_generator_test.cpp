// SPDX-License-Identifier: Apache-2.0
#include "delivery/code_generator.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <set>

using messenger::host::CodeType;
using messenger::host::new_code;
using messenger::host::new_secret_id;

namespace {

struct Form {
  CodeType type;
  std::string alphabet;
};

const std::string upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const std::string base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const std::array<Form, 4> forms{{
    {CodeType::random_digits, "0123456789"},
    {CodeType::random_alpha, upper},
    {CodeType::random_alpha_numeric, upper + "23456789"},
    {CodeType::random_bytes, base64},
}};

}  // namespace

BOOST_AUTO_TEST_CASE(a_code_has_its_length_and_every_character_of_its_alphabet_and_no_other_occurs) {
  for (const Form& form : forms) {
    std::set<char> seen;
    for (int i = 0; i < 2'000; ++i) {
      const std::string code = new_code({form.type, 6});
      BOOST_TEST_REQUIRE(code.size() == (form.type == CodeType::random_bytes ? 8U : 6U));
      seen.insert(code.begin(), code.end());
    }
    const std::set<char> alphabet(form.alphabet.begin(), form.alphabet.end());
    BOOST_TEST(seen == alphabet, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(lengths_are_honoured) {
  for (const std::size_t length : {1U, 4U, 32U}) {
    BOOST_TEST(new_code({CodeType::random_digits, length}).size() == length);
    BOOST_TEST(new_code({CodeType::random_bytes, length}).size() == (length * 8 + 5) / 6);
  }
}

// Each digit is expected 60,000 times with a standard deviation of 232; a fair generator misses by 3,000 (13 of them)
// less than once in 10^37 runs, while a byte modulo 10 would already miss by 938 on average and 8 bits cut to 0–9 by
// masking would never yield some digits at all. At every place, so that a first digit that is never 0 is seen.
BOOST_AUTO_TEST_CASE(digits_are_equally_frequent_at_every_place) {
  std::array<std::array<int, 10>, 6> counts{};
  for (int i = 0; i < 600'000; ++i) {
    const std::string code = new_code({});
    for (std::size_t place = 0; place < 6; ++place) {
      ++counts[place][static_cast<std::size_t>(code[place] - '0')];
    }
  }
  for (const auto& place : counts) {
    for (const int count : place) {
      BOOST_TEST(std::abs(count - 60'000) < 3'000);
    }
  }
}

BOOST_AUTO_TEST_CASE(ids_have_256_bits_and_do_not_repeat) {
  std::set<std::string> ids;
  for (int i = 0; i < 10'000; ++i) {
    const std::string id = new_secret_id();
    BOOST_TEST_REQUIRE(id.size() == 43U);
    BOOST_TEST_REQUIRE((id.find_first_not_of(base64) == std::string::npos));
    ids.insert(id);
  }
  BOOST_TEST(ids.size() == 10'000U);
}
