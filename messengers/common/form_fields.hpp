// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace messenger::common {

/// Names and values, decoded, in order; names may repeat.
using FormFields = std::vector<std::pair<std::string, std::string>>;

/// Reads application/x-www-form-urlencoded, as bodies and queries have it
/// (https://url.spec.whatwg.org/#urlencoded-parsing): a bad escape stays as it is, so that any text can be read.
FormFields read_form(std::string_view text);

/// The value of the first field of that name; absent (data() == nullptr) when there is none.
std::string_view find_field(const FormFields& fields, std::string_view name) noexcept;

}  // namespace messenger::common
