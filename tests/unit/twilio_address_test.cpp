// SPDX-License-Identifier: Apache-2.0
#include "twilio/address.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

#include "twilio/codes.hpp"

using namespace messenger::twilio;

BOOST_AUTO_TEST_CASE(sids) {
  const std::string digits = "0123456789abcdefABCDEF0123456789";
  BOOST_TEST(is_sid("AC" + digits, "AC"));
  BOOST_TEST(!is_sid("SK" + digits, "AC"));
  BOOST_TEST(!is_sid("ac" + digits, "AC"));
  BOOST_TEST(!is_sid("AC" + digits + "0", "AC"));
  BOOST_TEST(!is_sid("AC" + digits.substr(1), "AC"));
  BOOST_TEST(!is_sid("ACg" + digits.substr(1), "AC"));
  BOOST_TEST(!is_sid("983C6FACEBBE4D858570FADD967A9DD7", "AC"));
  BOOST_TEST(!is_sid("", "AC"));
}

BOOST_AUTO_TEST_CASE(recipients) {
  for (const char* good :
       {"+15005550006", "+12", "+123456789012345", "whatsapp:+15005550006", "messenger:1234", "rcs:agent_1"}) {
    BOOST_TEST_CONTEXT(good) {
      BOOST_TEST(is_recipient(good));
    }
  }
  for (const char* bad : {"", "+", "+1", "15005550006", "+05005550006", "+1234567890123456", "555-555-5555",
                          "+1500555000a", "+1 5005550006", "whatsapp:", "whatsapp:15005550006", ":x", "Messenger:1",
                          "messenger:a b", "12345", "messenger:\n", "messenger:\xc3\xa4"}) {
    BOOST_TEST_CONTEXT(bad) {
      BOOST_TEST(!is_recipient(bad));
    }
  }
}

BOOST_AUTO_TEST_CASE(senders) {
  for (const char* good :
       {"+15005550006", "whatsapp:+15005550006", "12345", "123", "MyCompany", "A", "My Co 24", "ABCDEFGHIJK"}) {
    BOOST_TEST_CONTEXT(good) {
      BOOST_TEST(is_sender(good));
    }
  }
  for (const char* bad : {"", "12", "123456789", "ABCDEFGHIJKL", "555-555-555", "My.Co", "Ünlü", "A\n"}) {
    BOOST_TEST_CONTEXT(bad) {
      BOOST_TEST(!is_sender(bad));
    }
  }
}

BOOST_AUTO_TEST_CASE(codes_are_in_order_and_in_our_words) {
  std::uint32_t found = 0;
  for (std::uint32_t code = 0; code < 40'000; ++code) {
    const CodeMeaning* meaning = meaning_of(code);
    if (meaning == nullptr) {
      continue;
    }
    ++found;
    BOOST_TEST(meaning->detail.ends_with('.'));
    BOOST_TEST((meaning->code == code || (code >= 35'100 && code <= 35'199)));
  }
  BOOST_TEST(found == 45U + 100U);
}
