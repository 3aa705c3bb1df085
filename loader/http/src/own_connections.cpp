// SPDX-License-Identifier: Apache-2.0
#include "own_connections.hpp"

#include <new>

namespace messenger::http {

namespace {

using Mutexes = std::array<std::mutex, CURL_LOCK_DATA_LAST>;

void lock(CURL*, curl_lock_data data, curl_lock_access, void* mutexes) {
  static_cast<Mutexes*>(mutexes)->at(data).lock();
}

void unlock(CURL*, curl_lock_data data, void* mutexes) {
  static_cast<Mutexes*>(mutexes)->at(data).unlock();
}

}  // namespace

OwnConnections::OwnConnections() : share_(curl_share_init()) {
  CURLSH* const share = share_.get();
  if (share == nullptr || curl_share_setopt(share, CURLSHOPT_LOCKFUNC, &lock) != CURLSHE_OK ||
      curl_share_setopt(share, CURLSHOPT_UNLOCKFUNC, &unlock) != CURLSHE_OK ||
      curl_share_setopt(share, CURLSHOPT_USERDATA, static_cast<void*>(&mutexes_)) != CURLSHE_OK ||
      curl_share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT) != CURLSHE_OK) {
    throw std::bad_alloc();
  }
}

}  // namespace messenger::http
