// SPDX-License-Identifier: Apache-2.0
#include "store/backend.hpp"

#include "store/postgres_backend.hpp"
#include "store/sqlite_backend.hpp"

namespace messenger::host {

std::unique_ptr<Backend> make_backend(const StoreOptions& options) {
  static const std::string sqlite = "sqlite:";
  const std::string& database = options.database;
  if (database.starts_with(sqlite) && database.size() > sqlite.size()) {
    return std::make_unique<SqliteBackend>(std::filesystem::absolute(database.substr(sqlite.size())),
                                           options.most_bytes);
  }
  if (database.starts_with("postgresql://") || database.starts_with("postgres://")) {
    return std::make_unique<PostgresBackend>(PostgresAddress(database), options.connections);
  }
  // What was given may have a password in it.
  throw StoreError("The database must be given as sqlite:FILE, or as postgresql://….");
}

}  // namespace messenger::host
