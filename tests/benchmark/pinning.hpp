// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace messenger::benchmark {

/// Keeps this process and the threads it will start on one processor. False when the machine has it not.
bool pin_to(int cpu) noexcept;

}  // namespace messenger::benchmark
