// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <messenger/loader/report.hpp>
#include <optional>
#include <string>
#include <vector>

#include "delivery/messages.hpp"

namespace messenger::host {

/// A submission with what it leaves to others filled in.
struct Planned {
  std::string route;
  Priority priority = Priority::notice;
  std::int64_t expires = 0;
  std::vector<loader::Issue> issues;  ///< any: it cannot be accepted
};

/// Looks up who carries it and how long it lives. Throws StoreError.
Planned plan(Transaction& transaction, const Submission& submission, const Messages::Options& options,
             std::int64_t now);

}  // namespace messenger::host
