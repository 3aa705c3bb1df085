// SPDX-License-Identifier: Apache-2.0
#include "twilio/operations/target.hpp"

#include <algorithm>

#include "common/form.hpp"

namespace messenger::twilio {
namespace {

constexpr std::int64_t largest_page = 400;  // of messages with the longest texts, within what an answer may have
constexpr std::string_view page_size = "PageSize";

// Whoever wants few need not be sent many.
void append_page_size(std::string& out, const Input& input) {
  if (input.has("Limit") && !input.has(page_size)) {
    common::append_form(out, page_size, std::to_string(std::min(to_integer(input.find("Limit")), largest_page)));
  }
}

}  // namespace

std::string path_of(const Entry& entry, const Input& input, std::string_view account_sid) {
  std::string out;
  std::string_view rest = entry.path;
  for (std::size_t at = rest.find('{'); at != std::string_view::npos; at = rest.find('{')) {
    const std::string_view name = rest.substr(at + 1, rest.find('}') - at - 1);
    out.append(rest.substr(0, at)).append(name == "AccountSid" ? account_sid : input.find(name));
    rest.remove_prefix(at + name.size() + 2);
  }
  return out.append(rest);
}

std::string form_of(const Entry& entry, const Input& input) {
  std::size_t bound = common::form_bound(page_size, "1000");
  for (const Given& given : input.all()) {
    bound += common::form_bound(given.parameter->name, given.value) + given.parameter->key.size();
  }
  std::string out;
  out.reserve(bound);
  for (const auto& [parameter, value] : input.all()) {
    if (!entry.in_path(parameter->name) && parameter->name != "Limit") {
      common::append_form(out, parameter->key.empty() ? parameter->name : parameter->key, value);
    }
  }
  append_page_size(out, input);
  return out;
}

}  // namespace messenger::twilio
