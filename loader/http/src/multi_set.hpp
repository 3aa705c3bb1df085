// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "multi.hpp"

namespace messenger::http {

/// The multi handles of one I/O loop. libcurl looks through all connections of a handle to find an idle one, so a
/// handle takes only so many transfers; a transfer goes to the first that has room. So few in flight use one handle,
/// and find its idle connections. On the loop's thread.
class MultiSet {
 public:
  /// As few as find an idle connection fast, as many as make a handle's own costs small (docs/performance.md).
  static constexpr std::size_t transfers_each = 32;
  /// A handle without work is kept as long as libcurl would use its idle connections again (CURLOPT_MAXAGE_CONN).
  static constexpr std::uint64_t idle_kept_ns = 118'000'000'000;

  /// Keeps about `max_idle` connections in all handles together, or as many as are in use. They may be more for as long
  /// as a handle that has too many sees none of its own become idle. `now_ns` is the loop's time; it and the sockets
  /// must outlive this. Throws std::bad_alloc.
  MultiSet(SocketWatch& sockets, const std::uint64_t& now_ns, std::size_t max_idle);

  /// False when libcurl refuses; it still has to be removed.
  bool add(Transfer& transfer) noexcept;
  void remove(Transfer& transfer) noexcept;

  /// Calls libcurl wherever it wanted to be called by now.
  void act_if_due() noexcept;
  /// `ended(transfer, code)` for each transfer that libcurl has ended; it removes it.
  template <class Ended>
  void collect_ended(Ended ended) {
    CURLcode code = CURLE_OK;
    for (const auto& multi : multis_) {
      while (Transfer* const transfer = multi->take_ended(code)) {
        ended(*transfer, code);
      }
    }
  }
  /// Lets go of handles that are no longer needed, and shares out how many connections each may keep.
  void tidy() noexcept;
  /// When to call act_if_due() or tidy() next.
  std::uint64_t next_ns() const noexcept;

  /// A connection was made, or is about to be closed.
  void count_connection(Multi& multi, bool made) noexcept;

 private:
  Multi& choose(const Transfer& transfer) noexcept;
  void share_out() noexcept;
  bool has_idle_last() const noexcept { return multis_.size() > 1 && multis_.back()->transfers() == 0; }

  SocketWatch& sockets_;
  const std::uint64_t& now_ns_;
  const std::size_t max_idle_;
  std::size_t connections_ = 0;
  bool connections_changed_ = false;
  std::size_t first_with_room_ = 0;  // no handle before it has room
  std::vector<std::unique_ptr<Multi>> multis_;
};

}  // namespace messenger::http
