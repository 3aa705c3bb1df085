// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

namespace messenger::host::conformance {

/// What of a process belongs to the host.
class ProcessState {
 public:
  static ProcessState now();
  /// The name of something that the other has otherwise; empty when there is nothing.
  [[nodiscard]] std::string difference(const ProcessState& other) const;

 private:
  std::map<std::string, std::string> parts_;
};

}  // namespace messenger::host::conformance
