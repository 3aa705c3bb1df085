// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_process.hpp"

#include <sqlite3.h>

#include <string>

#include "store/store_error.hpp"

namespace messenger::host {

void claim_sqlite() {
  for (const int result : {::sqlite3_config(SQLITE_CONFIG_MULTITHREAD), ::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0)}) {
    if (result != SQLITE_OK) {
      throw StoreError("SQLite cannot be set up: " + std::string(::sqlite3_errstr(result)) + ".");
    }
  }
}

}  // namespace messenger::host
