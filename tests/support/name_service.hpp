// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace messenger::test {

// A test that links this library has its own getaddrinfo, for the whole process, libcurl included. It knows the names
// below and no other.

/// The IPv4 addresses of a name, from now on.
void resolve(const std::string& name, std::vector<std::uint32_t> addresses);

/// While it lives, lookups of this name wait for its end; then the name is unknown.
class HeldName {
 public:
  explicit HeldName(std::string name);
  HeldName(const HeldName&) = delete;
  HeldName& operator=(const HeldName&) = delete;
  ~HeldName();

  /// Returns once so many lookups wait.
  void wait_for_lookups(int count) const;

 private:
  std::string name_;
};

}  // namespace messenger::test
