// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "store/backend.hpp"
#include "store/sql.hpp"

namespace messenger::test {

/// Runs `work` on a connection of its own, behind the store's back.
template <class Work>
void behind(const host::StoreOptions& options, Work work) {
  const auto backend = host::make_backend(options);
  backend->open();
  backend->transact(host::Sharing::rows, [&](host::Connection& connection, host::Notices&) { work(connection); });
}

inline void tamper(const host::StoreOptions& options, const std::string& statement) {
  behind(options, [&](host::Connection& connection) { host::execute(connection, statement); });
}

}  // namespace messenger::test
