// SPDX-License-Identifier: Apache-2.0
#include "runtime/type_info.hpp"

namespace messenger::host {

std::optional<loader::TypeInfo> find_type(const loader::Registry& registry, std::string_view type) {
  for (loader::TypeInfo& info : registry.types()) {
    if (info.type == type) {
      return std::move(info);
    }
  }
  return std::nullopt;
}

}  // namespace messenger::host
