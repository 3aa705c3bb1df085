// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include "workload.hpp"

namespace messenger::benchmark {

/// An easy handle that makes one workload's request again and again, its options set once.
class BareEasy {
 public:
  BareEasy() = default;
  BareEasy(const BareEasy&) = delete;
  BareEasy& operator=(const BareEasy&) = delete;
  ~BareEasy() { curl_easy_cleanup(handle_); }

  CURL* handle() const { return handle_; }
  /// Before each request: the resend of one that has begun is forbidden.
  void begin() { begun_ = false; }
  /// Throws std::runtime_error unless the request had this result and an answer of 2xx.
  void expect_success(CURLcode result) const;

  static int on_prereq(void* self, char*, char*, int, int);

 private:
  CURL* handle_ = curl_easy_init();
  bool begun_ = false;
};

/// How far bare libcurl is tuned.
enum class Tuning {
  usual,  // what is known to make it fast: see Bare
  all     // also two that we found while tuning our own: the path apart from the URL, a small upload buffer
};

/// What the handles of one workload share: a parsed URL, its path, a ready header list, the cache of TLS sessions.
class BareRequest {
 public:
  explicit BareRequest(Workload workload, Tuning tuning = Tuning::all);
  BareRequest(const BareRequest&) = delete;
  BareRequest& operator=(const BareRequest&) = delete;
  /// After its handles.
  ~BareRequest();

  /// Sets every option. The request outlives the handle.
  void set_up(BareEasy& easy) const;

 private:
  Workload workload_;
  Tuning tuning_;
  CURLU* url_ = curl_url();
  std::string target_;
  CURLSH* tls_sessions_ = curl_share_init();
  curl_slist* headers_ = nullptr;
};

}  // namespace messenger::benchmark
