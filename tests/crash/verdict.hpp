// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace messenger::crash {

/// What became of every message that was accepted, by the database and by the provider.
struct Verdict {
  std::map<std::string, std::size_t> stages;  ///< how many ended how
  std::size_t arrived = 0;                    ///< messages at the provider
  std::vector<std::string> wrongs;            ///< each promise that was broken, one a line
};

/// Waits until every message is settled and none is looked for any more; false when that takes longer.
bool wait_until_settled(host::Store& store, std::chrono::seconds within);

/// Compares. `ids` are those of messages 0, 1, …; `arrivals` counts the provider's messages by their texts.
Verdict judge(host::Store& store, const std::vector<std::string>& ids, const std::map<std::string, int>& arrivals);

}  // namespace messenger::crash
