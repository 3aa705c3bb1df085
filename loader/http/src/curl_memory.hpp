// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "block_cache.hpp"

namespace messenger::http {

/// Starts libcurl for this process, once. Unless the host has started it before, what libcurl frees is then wiped: its
/// buffers hold requests and answers with credentials and codes in them. False when libcurl refuses, or does TLS by
/// another library than OpenSSL.
bool start_curl() noexcept;

/// As long as it lives, what libcurl frees on this thread is kept for what it asks for there. One on a thread.
class ThreadMemory {
 public:
  ThreadMemory() noexcept;
  ThreadMemory(const ThreadMemory&) = delete;
  ThreadMemory& operator=(const ThreadMemory&) = delete;
  ~ThreadMemory();

 private:
  BlockCache cache_;
};

}  // namespace messenger::http
