// SPDX-License-Identifier: Apache-2.0
// Its entry throws.
#include <messenger/plugin.h>

#include <stdexcept>

const msgr_plugin* msgr_plugin_v1(std::uint32_t) {
  throw std::runtime_error("entry");
}
