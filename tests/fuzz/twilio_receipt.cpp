// SPDX-License-Identifier: Apache-2.0
// What comes to the address that Twilio's callbacks come to.
#include <fuzzer/FuzzedDataProvider.h>

#include "common/sms_text.hpp"
#include "require.hpp"
#include "twilio/address.hpp"
#include "twilio/receipt.hpp"
#include "twilio/signature.hpp"

using namespace messenger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  FuzzedDataProvider data(bytes, size);
  const std::string url = data.ConsumeRandomLengthString(512);
  const std::string signature = data.ConsumeRandomLengthString(32);
  const std::string body = data.ConsumeRemainingBytesAsString();
  const std::string_view tokens[] = {"0123456789abcdef0123456789abcdef", ""};
  fuzz::require(!twilio::is_genuine({url, body, signature}, tokens), "nobody guesses a signature");
  if (const auto event = twilio::read_status_event(body)) {
    fuzz::require(twilio::is_message_sid(event->message_sid), "an event names a message");
    fuzz::require(!event->word.empty(), "an event names a status");
  }
  static_cast<void>(twilio::read_json_status_event(body));
  const common::SmsText counted = common::sms_text(body);
  fuzz::require(counted.parts >= 1 && counted.units <= 2 * body.size(),
                "a text has a part, and no more units than its bytes");
  return 0;
}
