// SPDX-License-Identifier: Apache-2.0
#include "twilio/codes.hpp"

#include <algorithm>
#include <array>

namespace messenger::twilio {
namespace {

using enum Meaning;

// In the order of codes.
constexpr std::array table{
    CodeMeaning{20003, config, "Twilio refused the credentials."},
    CodeMeaning{20005, config, "The Twilio account is not active."},
    CodeMeaning{20008, config, "Twilio's test credentials cannot do this."},
    CodeMeaning{20009, rejected, "Twilio does not delete a message before its status is final."},
    CodeMeaning{20403, config, "Twilio forbids this to the account."},
    CodeMeaning{20429, retry, "Twilio is limiting requests and did not take the message."},
    CodeMeaning{20500, unknown, "Twilio failed; it may have taken the message."},
    CodeMeaning{20503, unknown, "Twilio was unavailable; it may have taken the message."},
    CodeMeaning{21211, rejected, "The recipient's number is not valid."},
    CodeMeaning{21212, sender, "The sender is not valid."},
    CodeMeaning{21265, rejected, "The recipient must not be a short code."},
    CodeMeaning{21266, rejected, "Recipient and sender are the same."},
    CodeMeaning{21267, sender, "The alphanumeric sender is not allowed for this account."},
    CodeMeaning{21268, rejected, "Premium numbers cannot be recipients."},
    CodeMeaning{21408, rejected, "The account may not send to the recipient's region."},
    CodeMeaning{21602, rejected, "Twilio misses the message's text."},
    CodeMeaning{21603, rejected, "Twilio misses the message's sender."},
    CodeMeaning{21604, rejected, "Twilio misses the message's recipient."},
    CodeMeaning{21606, sender, "The sender cannot send messages for this account."},
    CodeMeaning{21608, sender, "The account's trial does not allow this number."},
    CodeMeaning{21609, rejected, "The status callback's URL is not valid."},
    CodeMeaning{21610, rejected, "The recipient has opted out of messages from this sender."},
    CodeMeaning{21611, retry_later, "The sender's queue at Twilio is full."},
    CodeMeaning{21612, rejected, "The recipient cannot be reached from this sender."},
    CodeMeaning{21614, rejected, "The recipient's number is not a mobile number."},
    CodeMeaning{21617, rejected, "The text is too long for Twilio."},
    CodeMeaning{21619, rejected, "The message has no text, media or content."},
    CodeMeaning{21620, rejected, "A media URL is not valid."},
    CodeMeaning{21624, rejected, "The validity period is out of range."},
    CodeMeaning{21635, rejected, "The recipient's number is a landline."},
    CodeMeaning{21659, sender, "The sender is not a number of Twilio's, or not of this country."},
    CodeMeaning{21660, sender, "The sender does not belong to the account."},
    CodeMeaning{21661, sender, "The sender cannot send text messages."},
    CodeMeaning{21663, sender, "The sender cannot be used for this message."},
    CodeMeaning{21701, sender, "The Messaging Service does not exist."},
    CodeMeaning{21702, sender, "The Messaging Service cannot be used."},
    CodeMeaning{21703, sender, "The Messaging Service has no sender."},
    CodeMeaning{21704, sender, "The Messaging Service has no sender for this message."},
    CodeMeaning{21705, sender, "The Messaging Service's SID is not valid."},
    CodeMeaning{21710, rejected, "The Messaging Service has this sender already."},
    CodeMeaning{21711, rejected, "The Messaging Service does not have this sender."},
    CodeMeaning{21712, rejected, "Another Messaging Service has this sender."},
    CodeMeaning{21714, rejected, "The Messaging Service can have no more senders."},
    CodeMeaning{30400, rejected, "Twilio takes either an empty Body or a Status for this message."},
    CodeMeaning{30409, rejected, "Twilio does not cancel a message whose status is final."},
};

constexpr CodeMeaning scheduling{35100, rejected, "Twilio refused the message's schedule."};

}  // namespace

const CodeMeaning* meaning_of(std::uint32_t code) noexcept {
  if (code >= 35100 && code <= 35199) {
    return &scheduling;
  }
  const auto at = std::lower_bound(table.begin(), table.end(), code,
                                   [](const CodeMeaning& one, std::uint32_t wanted) { return one.code < wanted; });
  return at != table.end() && at->code == code ? &*at : nullptr;
}

}  // namespace messenger::twilio
