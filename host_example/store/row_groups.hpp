// SPDX-License-Identifier: Apache-2.0
// Statements about many rows at once. Each number of rows is a statement of its own, which stays prepared: so there are
// few numbers.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/connection.hpp"
#include "store/receipts.hpp"

namespace messenger::host {

/// "(:p0, :p1), (:p2, :p3)" for two rows of two values.
std::string placeholders(std::size_t rows, std::size_t columns);

/// The pattern for each of so many rows, with the row's number in place of #.
std::string numbered(std::size_t rows, std::string_view pattern);

/// These keys by what the engine has made of them.
std::map<ProviderKey, ProviderKey> by_kept_key(const Connection& connection, std::span<const ProviderKey> keys);

/// Calls `work` with a span for each group of these; what a group lacks to its size is its last one again. For what is
/// asked: that it comes twice changes nothing.
template <class Value, class Work>
void in_padded_groups(std::span<const Value> values, Work work) {
  constexpr std::array<std::size_t, 3> sizes{1, 8, 64};
  while (!values.empty()) {
    std::size_t size = sizes.back();
    for (auto smaller = sizes.rbegin(); smaller != sizes.rend() && *smaller >= values.size(); ++smaller) {
      size = *smaller;
    }
    const auto head = values.first(std::min(size, values.size()));
    values = values.subspan(head.size());
    if (head.size() == size) {
      work(head);
      continue;
    }
    std::vector<Value> padded(head.begin(), head.end());
    padded.resize(size, head.back());
    work(std::span<const Value>(padded));
  }
}

}  // namespace messenger::host
