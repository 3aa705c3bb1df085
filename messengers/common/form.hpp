// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace messenger::common {

/// The most room that append_form takes for these two.
constexpr std::size_t form_bound(std::string_view name, std::string_view value) noexcept {
  return name.size() + 3 * value.size() + 3;
}

/// Appends "name=value", after "&" when out is not empty, the value as application/x-www-form-urlencoded has it
/// (https://url.spec.whatwg.org/#concept-urlencoded-serializer). The name is one of ours and goes in as it is.
void append_form(std::string& out, std::string_view name, std::string_view value);

}  // namespace messenger::common
