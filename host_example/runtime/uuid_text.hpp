// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::host {

/// Whether this is a UUID with its dashes, in either case.
bool is_uuid(std::string_view text) noexcept;

/// In lower case, which is how ids are kept and compared.
std::string to_lower_uuid(std::string_view uuid);

/// A random one (version 4) from the system's secure generator. [any thread]
std::string new_uuid();

/// One that begins with the time in milliseconds (version 7), random behind it: what is made together stands together
/// in an index. For what may tell when it was made. [any thread]
std::string new_ordered_uuid();

}  // namespace messenger::host
