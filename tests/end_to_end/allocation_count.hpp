// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace messenger::test {

/// How often the process has asked for memory since start_counting(): malloc and its kin, and operator new, which the
/// program that links this takes over. libcurl asks the HTTP service; what that has to get for it is counted apart.
struct AllocationCount {
  std::uint64_t ours = 0, libcurl = 0, libcurl_asked = 0;
};

/// Threads of which nothing is counted, such as a test's server, call this.
void exempt_this_thread() noexcept;

void start_counting() noexcept;
/// The counts until now, which are the last ones.
AllocationCount stop_counting() noexcept;

/// Who asked, since start_counting(): a line "count object+offset" for each place of ours.
std::string who_allocated();

}  // namespace messenger::test
