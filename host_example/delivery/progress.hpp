// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace messenger::host {

/// What the dispatcher keeps of a message between its attempts, as JSON.
struct Progress {
  std::vector<std::string> tried;                  ///< messengers that were tried in this round
  std::vector<std::string> rejected;               ///< messengers that refused the message for good
  std::map<std::string, std::int64_t> not_before;  ///< epoch ms: when a messenger's provider wants to be asked again
  std::int64_t rounds = 0;                         ///< over, without success
  std::int64_t attempt = 0;                        ///< the attempt that the rest is about; 0 = none
  std::int64_t began = 0, ended = 0;               ///< epoch ms; ended: 0 = not known
  bool looked = false;  ///< in doubt: the provider's messages were looked through, once at least
};

std::string to_text(const Progress& progress);
/// What is missing or cannot be read is as of a message that was never tried.
Progress progress_of(const std::string& text);

bool contains(const std::vector<std::string>& ids, const std::string& id) noexcept;

}  // namespace messenger::host
