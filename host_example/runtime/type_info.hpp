// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/loader/registry.hpp>
#include <optional>
#include <string_view>

namespace messenger::host {

/// The type of this name, if a plugin offers it.
std::optional<loader::TypeInfo> find_type(const loader::Registry& registry, std::string_view type);

}  // namespace messenger::host
