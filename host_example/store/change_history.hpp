// SPDX-License-Identifier: Apache-2.0
// A message's history, as one text of its row: a line for each change, its members between tabs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/outbox.hpp"

namespace messenger::host {

/// The reasons of changes that every message goes through, which its history does without.
inline constexpr std::string_view accepted_reason = "Accepted.";
inline constexpr std::string_view begins_reason = "An attempt begins.";

/// The line of a change.
std::string history_line(const MessageChange& change);

/// The line of an attempt that begins, before and after its number.
std::string begin_line_head(std::int64_t instant);
std::string begin_line_tail();

/// The changes of a message's history, its acceptance first, which has no line. Throws StoreError for a stage that this
/// program does not know.
std::vector<MessageChange> read_history(std::string_view history, std::int64_t insert_instant, std::string_view route);

}  // namespace messenger::host
