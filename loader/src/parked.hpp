// SPDX-License-Identifier: Apache-2.0
// Instances that stay behind.
#ifndef MESSENGER_LOADER_SRC_PARKED_HPP
#define MESSENGER_LOADER_SRC_PARKED_HPP

#include <memory>
#include <string_view>

namespace messenger::loader {

class Instance;

/// Gives an instance up: its open callers are answered, and it is kept, never called again, for as long as the process
/// lives, since its plugin may still use what it was lent.
void park(const std::shared_ptr<Instance>& instance, std::string_view why) noexcept;

/// Keeps the shell of an ended instance until some hundred others have ended: a plugin that completes or logs after its
/// destroy has returned is then counted, and harms nobody.
void bury(std::shared_ptr<Instance> instance) noexcept;

}  // namespace messenger::loader

#endif
