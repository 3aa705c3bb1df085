// SPDX-License-Identifier: Apache-2.0
#include "twilio/operations/sent_text.hpp"

#include <messenger/detail/http_syntax.hpp>
#include <messenger/secret.hpp>

#include <algorithm>

#include "common/sms_smart_encoding.hpp"

namespace messenger::twilio {
namespace {

using Fit = SentText::Fit;

constexpr std::string_view trial_prefix = "Sent from your Twilio trial account - ";

bool is_letter_or_digit(char c) noexcept {
  return detail::is_letter(c) || detail::is_digit(c);
}

// The link at the front of a text, without the punctuation of the sentence that it ends.
std::string_view link_at(std::string_view text) noexcept {
  const auto* const end =
      std::find_if(text.begin(), text.end(), [](unsigned char c) { return c <= 0x20 || c >= 0x7F; });
  const std::string_view link = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  return link.substr(0, link.find_last_not_of(".,;:!?)]}>'\"") + 1);
}

struct Piece {
  std::string_view words, link;  ///< the text's end has no link
};

Piece take_piece(std::string_view& text) noexcept {
  const std::size_t start = std::min({text.find("http://"), text.find("https://"), text.size()});
  const Piece piece{text.substr(0, start), link_at(text.substr(start))};
  text.remove_prefix(start + piece.link.size());
  return piece;
}

struct Link {
  std::string_view host, path;
};

Link split(std::string_view link) noexcept {
  link.remove_prefix(std::min(link.size(), link.find("://") + 3));
  const std::size_t end = std::min(link.find_first_of("/?#"), link.size());
  return {link.substr(0, end), link.substr(end)};
}

// "The shortened links contain your Link Shortening domain, followed by ten alphanumeric characters":
// https://www.twilio.com/docs/messaging/features/link-shortening. Nothing else may use that domain.
bool may_be_shortened(std::string_view sent, std::string_view at_twilio) noexcept {
  if (sent.empty() || at_twilio.empty()) {
    return false;
  }
  const Link link = split(at_twilio);
  return link.path.size() == 11 && link.path.front() == '/' &&
         std::all_of(link.path.begin() + 1, link.path.end(), is_letter_or_digit) && !link.host.empty() &&
         !detail::equal_nocase(link.host, split(sent).host);
}

// Whether all around the links is the same. Where shortened links lead nobody can see, so it may still be another.
bool is_same_around_links(std::string_view sent, std::string_view at_twilio) noexcept {
  while (!sent.empty() || !at_twilio.empty()) {
    const Piece ours = take_piece(sent);
    const Piece theirs = take_piece(at_twilio);
    if (ours.words != theirs.words || (ours.link != theirs.link && !may_be_shortened(ours.link, theirs.link))) {
      return false;
    }
  }
  return true;
}

}  // namespace

SentText::SentText(std::string_view text) : text_(text), smart_(common::smart_encoded(text)) {}

SentText::~SentText() {
  wipe(smart_);
}

Fit SentText::compare(std::string_view at_twilio, bool by_service) const noexcept {
  if (at_twilio != text_ && at_twilio.starts_with(trial_prefix)) {
    at_twilio.remove_prefix(trial_prefix.size());
  }
  if (text_.empty() || at_twilio.empty()) {
    return Fit::unclear;
  }
  if (at_twilio == text_ || at_twilio == smart_) {
    return Fit::same;
  }
  const bool may_be = by_service && (is_same_around_links(text_, at_twilio) || is_same_around_links(smart_, at_twilio));
  return may_be ? Fit::unclear : Fit::other;
}

}  // namespace messenger::twilio
