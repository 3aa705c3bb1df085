// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include "certificate.hpp"
#include "postgres_server.hpp"
#include "store/store.hpp"

namespace messenger::test {

/// Whether this run is to use PostgreSQL: MESSENGER_TEST_ENGINE=postgresql. Else it uses SQLite.
inline bool on_postgresql() {
  const char* const engine = std::getenv("MESSENGER_TEST_ENGINE");
  return engine != nullptr && std::string_view(engine) == "postgresql";
}

/// A database of its own, in a directory that goes with the test; on PostgreSQL, that has the key file only.
struct Database {
  TemporaryDirectory directory;
  std::string file = directory.path("host.db"), key_file = file + ".key";
  std::string location = on_postgresql() ? PostgresServer::shared().new_database() : "sqlite:" + file;

  host::StoreOptions options() const { return {location, on_postgresql() ? key_file : ""}; }
};

/// The same with a store that has it open.
struct OpenStore : Database {
  host::Store store{options()};

  host::Document put(host::Kind kind, const host::NewDocument& document) {
    return store.with([&](host::Transaction& transaction) { return transaction.documents.put(kind, document); });
  }
};

/// What it throws says this; "" when it does not throw StoreError.
template <class Work>
std::string refusal(Work work) {
  try {
    work();
  } catch (const host::StoreError& error) {
    return error.what();
  }
  return {};
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace messenger::test
