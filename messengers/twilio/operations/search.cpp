// SPDX-License-Identifier: Apache-2.0
#include "twilio/operations/search.hpp"

#include <messenger/detail/http_syntax.hpp>
#include <messenger/detail/json_text.hpp>
#include <messenger/secret.hpp>

#include <algorithm>

#include "common/form.hpp"
#include "common/instant.hpp"
#include "common/json_slice.hpp"
#include "twilio/address.hpp"

namespace messenger::twilio {
namespace {

constexpr std::chrono::seconds slack(15);   // two clocks, and Twilio's whole seconds
constexpr std::chrono::hours disorder(24);  // the list goes by the day of sending, not of creation
constexpr std::string_view trial_prefix = "Sent from your Twilio trial account - ";

std::string member(std::string_view message, std::string_view name) {
  return common::json_text(common::json_member(message, name));
}

// The next character that smart encoding leaves alone, taken off the text; 0 = none is left.
char take_plain(std::string_view& text) noexcept {
  const auto* const at =
      std::find_if(text.begin(), text.end(), [](char c) { return detail::is_letter(c) || detail::is_digit(c); });
  const char found = at == text.end() ? '\0' : *at;
  text.remove_prefix(std::min(static_cast<std::size_t>(at - text.begin()) + 1, text.size()));
  return found;
}

// https://www.twilio.com/docs/messaging/services/smart-encoding-char-list
bool may_be_smart_encoded(std::string_view sent, std::string_view text) noexcept {
  if (std::all_of(sent.begin(), sent.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    return false;
  }
  for (char c = take_plain(sent); c != '\0'; c = take_plain(sent)) {
    if (take_plain(text) != c) {
      return false;
    }
  }
  return take_plain(text) == '\0';
}

// https://www.twilio.com/docs/messaging/features/link-shortening
bool may_be_shortened(std::string_view sent, std::string_view text) {
  const std::size_t link = std::min(sent.find("http://"), sent.find("https://"));
  return link != std::string_view::npos && text.substr(0, link) == sent.substr(0, link);
}

}  // namespace

Search::Search(const Input& input, std::chrono::sys_seconds now)
    : to_(input.find("to")),
      from_(input.find("from")),
      body_(input.find("body")),
      earliest_(common::parse_iso_instant(input.find("sentAfter")).value_or(now) - slack),
      latest_(common::parse_iso_instant(input.find("sentBefore")).value_or(now) + slack) {}

std::string Search::query() const {
  std::string out;
  common::append_form(out, "To", to_);
  if (!from_.empty()) {
    common::append_form(out, "From", from_);
  }
  common::append_form(out, "PageSize", "100");
  return out;
}

bool Search::look(std::string_view message) {
  const auto created = common::parse_mail_date(member(message, "date_created"));
  if (!created || *created < earliest_) {
    return !created || *created + disorder >= earliest_;
  }
  if (!fits_but_for_text(message, *created)) {
    return true;
  }
  std::string text = member(message, "body");
  const Fit fit = compare_text(text);
  wipe(text);
  Hits& hits = fit == Fit::same ? same_ : unclear_;
  if (fit != Fit::other && ++hits.count == 1) {
    hits.first = {member(message, "sid"), evidence(message, fit == Fit::same)};
  }
  return same_.count < 2;
}

const Search::Found* Search::found() const noexcept {
  const Hits& hits = same_.count == 0 ? unclear_ : same_;
  return hits.count == 1 ? &hits.first : nullptr;
}

std::string_view Search::doubt() const noexcept {
  if (same_.count + unclear_.count == 0) {
    return "No message at Twilio fits; its lists may lag behind.";
  }
  return "More than one message at Twilio fits.";
}

bool Search::fits_but_for_text(std::string_view message, std::chrono::sys_seconds created) const {
  const bool inbound = member(message, "direction") == "inbound";
  const std::string sid = member(message, "sid");
  return created <= latest_ && !inbound && is_sid(sid, std::string_view(sid).substr(0, 2)) &&
         member(message, "to") == to_ && (from_.empty() || member(message, "from") == from_);
}

Search::Fit Search::compare_text(std::string_view text) const noexcept {
  if (body_.empty() || text == body_) {
    return Fit::same;
  }
  if (text.starts_with(trial_prefix) && text.substr(trial_prefix.size()) == body_) {
    return Fit::same;
  }
  const bool redacted = text.empty();
  return redacted || may_be_smart_encoded(body_, text) || may_be_shortened(body_, text) ? Fit::unclear : Fit::other;
}

std::string Search::evidence(std::string_view message, bool same_text) const {
  const auto quoted = [&](std::string_view name) {
    std::string out;
    detail::append_json_string(out, member(message, name));
    return out;
  };
  const bool compared = same_text && !body_.empty();
  return R"({"sid":)" + quoted("sid") + R"(,"status":)" + quoted("status") + R"(,"dateCreated":)" +
         quoted("date_created") + R"(,"matched":["to")" + (from_.empty() ? "" : R"(,"from")") + R"(,"date")" +
         (compared ? R"(,"body")" : "") + R"(],"bodyCompared":)" + (compared ? "true" : "false") + "}";
}

}  // namespace messenger::twilio
