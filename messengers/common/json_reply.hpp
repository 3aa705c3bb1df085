// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "common/verdict.hpp"

namespace messenger::common {

/// A member that is looked for at the top of a reply's JSON object.
struct ReplyMember {
  std::string_view name;
  bool is_number = false;  ///< an integer; its digits stand in text
  ShortText<256> text{};   ///< of a string or an integer; absent when the member is, or is anything else
};

/// Fills in the wanted members without allocating; true when the body is one whole JSON object. Of a body that is
/// not, what was read up to the fault is kept, but for a number that may have been cut off.
bool read_reply(std::string_view body, std::span<ReplyMember> wanted) noexcept;

}  // namespace messenger::common
