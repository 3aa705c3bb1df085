// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_process.hpp"

#include <sqlite3.h>

#include "store/store_error.hpp"

namespace messenger::host {

void claim_sqlite() {
  if (::sqlite3_config(SQLITE_CONFIG_MULTITHREAD) != SQLITE_OK ||
      ::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) != SQLITE_OK) {
    throw StoreError("SQLite is in use already.");
  }
}

}  // namespace messenger::host
