// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "store/backend.hpp"

namespace messenger::host {

/// Brings the tables up to date, one version a transaction; several processes may do so at once. `key_check` is the
/// key's digest: kept in a new database, compared in any other before it is changed. Throws StoreError for tables of a
/// newer version and for another key.
void migrate(Backend& backend, const std::string& key_check);

}  // namespace messenger::host
