// SPDX-License-Identifier: Apache-2.0
#include "twilio/operations/search.hpp"

#include <messenger/detail/json_text.hpp>
#include <messenger/secret.hpp>

#include "common/form.hpp"
#include "common/instant.hpp"
#include "common/json_slice.hpp"
#include "twilio/address.hpp"

namespace messenger::twilio {
namespace {

constexpr std::chrono::seconds slack(15);   // two clocks, and Twilio's whole seconds
constexpr std::chrono::hours disorder(24);  // the list goes by the day of sending, not of creation

std::string member(std::string_view message, std::string_view name) {
  return common::json_text(common::json_member(message, name));
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
  using Fit = SentText::Fit;
  std::string text = member(message, "body");
  const Fit fit = body_.compare(text, is_sid(member(message, "messaging_service_sid"), "MG"));
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
  if (same_.count == 1) {
    return {};
  }
  if (same_.count + unclear_.count == 0) {
    return "No message at Twilio fits; its lists may lag behind.";
  }
  return found() == nullptr ? "More than one message at Twilio fits."
                            : "One message at Twilio may be it; its text could not be compared.";
}

bool Search::fits_but_for_text(std::string_view message, std::chrono::sys_seconds created) const {
  const bool inbound = member(message, "direction") == "inbound";
  const std::string sid = member(message, "sid");
  return created <= latest_ && !inbound && is_sid(sid, std::string_view(sid).substr(0, 2)) &&
         member(message, "to") == to_ && (from_.empty() || member(message, "from") == from_);
}

std::string Search::evidence(std::string_view message, bool compared) const {
  const auto quoted = [&](std::string_view name) {
    std::string out;
    detail::append_json_string(out, member(message, name));
    return out;
  };
  return R"({"sid":)" + quoted("sid") + R"(,"status":)" + quoted("status") + R"(,"dateCreated":)" +
         quoted("date_created") + R"(,"matched":["to")" + (from_.empty() ? "" : R"(,"from")") + R"(,"date")" +
         (compared ? R"(,"body")" : "") + R"(],"bodyCompared":)" + (compared ? "true" : "false") + "}";
}

}  // namespace messenger::twilio
