// SPDX-License-Identifier: Apache-2.0
// A plugin's result as a host may see it.
#ifndef MESSENGER_LOADER_SRC_RESULT_COPY_HPP
#define MESSENGER_LOADER_SRC_RESULT_COPY_HPP

#include <messenger/plugin.h>

#include <messenger/loader/message.hpp>
#include <string_view>

namespace messenger::loader {

/// Replaces `out`, reusing its strings: outcome checked, text repaired and bounded, fields beyond result->size left
/// empty. `result` may be NULL. False when the outcome's number is out of range.
bool copy_result(Result& out, std::int32_t outcome, const msgr_result* result);

/// Replaces `out` by words of the loader's own, reusing its strings.
void set_result(Result& out, Outcome outcome, std::string_view detail);

}  // namespace messenger::loader

#endif
