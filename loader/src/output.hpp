// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_LOADER_SRC_OUTPUT_HPP
#define MESSENGER_LOADER_SRC_OUTPUT_HPP

#include <cstdint>
#include <string_view>

namespace messenger::loader {

class Instance;

/// host->output: hands an output to the caller, or counts why it does not. False = no more are wanted. [any thread]
bool output_from_plugin(Instance& instance, std::uint64_t ticket, std::string_view json) noexcept;

}  // namespace messenger::loader

#endif
