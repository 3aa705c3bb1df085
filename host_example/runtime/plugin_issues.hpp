// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/loader/registry.hpp>
#include <string_view>
#include <vector>

namespace messenger::host {

/// What a plugin says of a messenger of this type, as the API says it: pointers start at /messenger, and a text that is
/// "missing" is "blank", as the host's own members are.
std::vector<loader::Issue> plugin_issues(const loader::Registry& registry, std::string_view type,
                                         std::vector<loader::Issue> issues);

}  // namespace messenger::host
