// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <string_view>

#include "twilio/hosts.hpp"
#include "twilio/parameters.hpp"
#include "twilio/rule.hpp"

namespace messenger::twilio {

class Input;

/// What a successful answer looks like, and so what becomes of it.
enum class Answer {
  object,    ///< 200 or 201 with a JSON object, which is the output
  nothing,   ///< 204
  list,      ///< 200 with a page; each element is an output
  redirect,  ///< 307 with "redirect_to", which is not followed but the output
  account,   ///< 200 with the account that the configuration names, which must be active; no output
  search,    ///< 200 with pages of messages, of which one is looked for; see search.hpp
  quote      ///< 200 with a country's prices, if they are asked for at all; see quote.hpp
};

/// Something of Twilio's that has a URL.
struct Resource {
  std::string_view name;
  std::string_view sid{};     ///< the prefixes of its SID between spaces; empty = it has none of its own
  std::string_view key{};     ///< of its lists
  std::string_view hidden{};  ///< a member that is a secret, and is not given out
};

/// One operation of the catalogue; everything in it is constant.
struct Entry {
  std::string_view name, summary, method;
  Product product;
  std::string_view path;  ///< {AccountSid} is the configuration's, every other {Name} a parameter
  const Resource* resource;
  Answer answer;
  std::span<const Parameter> parameters{};
  /// What concerns several parameters at once.
  std::optional<Refusal> (*check)(const Input& input, std::chrono::sys_seconds now) = nullptr;

  /// Changes nothing at Twilio.
  [[nodiscard]] constexpr bool safe() const noexcept { return method == "GET"; }
  [[nodiscard]] constexpr bool list() const noexcept { return answer == Answer::list; }
  /// Whether the parameter stands in the path.
  [[nodiscard]] constexpr bool in_path(std::string_view parameter) const noexcept {
    for (std::size_t at = path.find('{'); at != std::string_view::npos; at = path.find('{', at + 1)) {
      if (path.substr(at + 1, path.find('}', at) - at - 1) == parameter) {
        return true;
      }
    }
    return false;
  }
};

/// What every list takes beside its own parameters. Limit is ours.
inline constexpr std::array list_parameters{
    Parameter{.name = "Limit", .rule = Rule::integer, .max = 1'000'000'000},
    Parameter{.name = "PageSize", .rule = Rule::integer, .max = 1'000},
};

/// The parameter of that name, or nullptr.
const Parameter* find_parameter(const Entry& entry, std::string_view name) noexcept;

}  // namespace messenger::twilio
