#include "simulator/twilio/test_numbers.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace messenger::simulator::twilio {
namespace {

struct TestNumber {
  std::string_view number;
  int code;
  /// The number comes after it.
  std::string_view message;
};

constexpr std::array senders{
    TestNumber{"+15005550001", 21212, "Not a valid phone number, shortcode, or alphanumeric sender ID: "},
    TestNumber{"+15005550007", 21606, "Not a message-capable 'From' phone number of this account: "},
    TestNumber{"+15005550008", 21611, "The maximum number of queued messages is exceeded for 'From' number: "}};

constexpr std::array recipients{
    TestNumber{"+15005550001", 21211, "Not a valid 'To' phone number: "},
    TestNumber{"+15005550002", 21612, "Not reachable with this 'From' phone number: "},
    TestNumber{"+15005550003", 21408, "Permission to send has not been enabled for the region of 'To' number: "},
    TestNumber{"+15005550004", 21610, "Attempt to send to unsubscribed recipient: "},
    TestNumber{"+15005550009", 21614, "Not a mobile number: "}};

template <std::size_t Size>
std::optional<Error> look_up(const std::array<TestNumber, Size>& table, std::string_view number) {
  const auto* row = std::ranges::find(table, number, &TestNumber::number);
  if (row == table.end()) return std::nullopt;
  return Error{row->code, std::string{row->message} + std::string{number}};
}

}  // namespace

std::optional<Error> check_test_sender(std::string_view from) {
  return look_up(senders, from);
}

std::optional<Error> check_test_recipient(std::string_view to) {
  return look_up(recipients, to);
}

}  // namespace messenger::simulator::twilio
