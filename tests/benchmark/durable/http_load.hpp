// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace messenger::benchmark {

/// Messages handed in at a host's `POST /api/message/send`.
struct Load {
  std::string url, messenger_id;
  std::size_t first = 0;     ///< number of the first message: each goes to a number of its own
  std::size_t messages = 0;  ///< in all
  std::size_t batch = 1;     ///< in one request
  std::size_t connections = 1;
  std::string priority = {};  ///< "code", …; empty = none is said
};

/// Hands them in as fast as they are accepted, on connections that are kept, by one thread and one epoll, as cheaply as
/// it can. Returns when all are accepted. Throws std::runtime_error when one is not.
void hand_in(const Load& load);

}  // namespace messenger::benchmark
