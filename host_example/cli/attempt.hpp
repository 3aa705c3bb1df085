// SPDX-License-Identifier: Apache-2.0
// One attempt through the messenger of a file: what `send`, `call` and `validate --online` have in common.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>

#include "cli/command.hpp"

namespace messenger::host::cli {

/// Configures the file's messenger and runs `act` with its id; else reports why not. Gives the exit status.
int with_messenger(const MessengerArguments& arguments,
                   const std::function<int(Runtime& runtime, const std::string& id)>& act);

/// Starts an attempt, which gives its ticket, and waits for its end. Ctrl-C asks the messenger to give up; the outcome
/// says whether that was in time.
loader::Result await_attempt(loader::Registry& registry,
                             const std::function<std::uint64_t(loader::Completion done)>& start);

/// One line that says what became of an attempt, for people or as JSON.
void print_result(std::ostream& out, bool json, const loader::Result& result, std::chrono::milliseconds elapsed);

/// The exit status of an attempt.
int exit_status(const loader::Result& result);

/// "name=value" in two; views into the argument.
loader::Attribute split_assignment(const std::string& argument);

}  // namespace messenger::host::cli
