// SPDX-License-Identifier: Apache-2.0
// The functions that a host lends to a plugin.
#ifndef MESSENGER_LOADER_SRC_HOST_TABLE_HPP
#define MESSENGER_LOADER_SRC_HOST_TABLE_HPP

#include <messenger/plugin.h>

namespace messenger::loader {

/// The filled table; every function expects it to be the first member of a HostTable.
msgr_host make_host_table() noexcept;

}  // namespace messenger::loader

#endif
