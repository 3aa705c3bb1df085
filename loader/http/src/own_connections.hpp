// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <array>
#include <memory>
#include <mutex>

namespace messenger::http {

/// The pool of one endpoint on one loop, where it must not share the loop's: with an identity or roots of its own. It
/// closes its connections when it goes, so that none outlives the endpoint and keeps its key.
class OwnConnections {
 public:
  /// Throws std::bad_alloc.
  OwnConnections();
  /// Before it goes: the handles that use it. On the loop's thread, or when that has ended.
  ~OwnConnections() = default;
  OwnConnections(const OwnConnections&) = delete;
  OwnConnections& operator=(const OwnConnections&) = delete;

  CURLSH* share() const noexcept { return share_.get(); }

 private:
  struct Delete {
    void operator()(CURLSH* share) const noexcept { curl_share_cleanup(share); }
  };

  std::array<std::mutex, CURL_LOCK_DATA_LAST> mutexes_;  // handles are made and freed on any thread
  std::unique_ptr<CURLSH, Delete> share_;
};

}  // namespace messenger::http
