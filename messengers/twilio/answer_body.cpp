// SPDX-License-Identifier: Apache-2.0
#include "twilio/answer_body.hpp"

#include <messenger/detail/http_syntax.hpp>

#include <algorithm>
#include <charconv>

#include "twilio/address.hpp"

namespace messenger::twilio {

bool AnswerBody::names_something() const noexcept {
  const std::string_view text = sid();
  return text.size() == 34 && detail::is_letter(text[0]) && detail::is_letter(text[1]) &&
         is_sid(text, text.substr(0, 2));
}

std::uint32_t AnswerBody::code() const noexcept {
  const std::string_view text = members_[1].text.view();
  std::uint32_t code = 0;
  if (text.empty() || text.size() > 9 || !std::all_of(text.begin(), text.end(), detail::is_digit)) {
    return 0;
  }
  std::from_chars(text.data(), text.data() + text.size(), code);
  return code;
}

std::string_view AnswerBody::code_text() const noexcept {
  return code() == 0 ? std::string_view{} : members_[1].text.view();
}

// Longer than what a message may quote of it is no account path.
bool AnswerBody::names_account(std::string_view account_sid) const noexcept {
  std::array<char, 64> path{};
  constexpr std::string_view prefix = "/Accounts/";
  if (account_sid.empty() || account_sid.size() > path.size() - prefix.size()) {
    return false;
  }
  const std::size_t size = prefix.copy(path.data(), prefix.size());
  const std::string_view wanted(path.data(), size + account_sid.copy(path.data() + size, account_sid.size()));
  return members_[2].text.view().find(wanted) != std::string_view::npos ||
         members_[3].text.view().find(wanted) != std::string_view::npos;
}

}  // namespace messenger::twilio
