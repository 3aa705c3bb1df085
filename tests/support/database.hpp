// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "certificate.hpp"
#include "store/store.hpp"

namespace messenger::test {

/// A database of its own, in a directory that goes with the test.
struct Database {
  TemporaryDirectory directory;
  std::string file = directory.path("host.db"), key_file = file + ".key";

  host::StoreOptions options() const { return {"sqlite:" + file, {}}; }
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
