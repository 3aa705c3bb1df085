// SPDX-License-Identifier: Apache-2.0
#include "bare_request.hpp"

#include <stdexcept>
#include <utility>

namespace messenger::benchmark {

namespace {

// The answer is looked at where libcurl has it.
std::size_t take_answer(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

}  // namespace

void BareEasy::expect_success(CURLcode result) const {
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  if (result != CURLE_OK || status / 100 != 2) {
    throw std::runtime_error(std::string("bare libcurl: a request failed: ") + curl_easy_strerror(result) +
                             ", status " + std::to_string(status));
  }
}

int BareEasy::on_prereq(void* self, char*, char*, int, int) {
  return std::exchange(static_cast<BareEasy*>(self)->begun_, true) ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

BareRequest::BareRequest(Workload workload, Tuning tuning) : workload_(std::move(workload)), tuning_(tuning) {
  const auto path = workload_.url.find('/', std::string_view("https://").size());
  const bool apart = tuning == Tuning::all;
  curl_url_set(url_, CURLUPART_URL, workload_.url.substr(0, apart ? path : std::string::npos).c_str(), 0);
  target_ = path == std::string::npos ? "/" : workload_.url.substr(path);
  for (const std::string& header : workload_.headers) {
    headers_ = curl_slist_append(headers_, header.c_str());
  }
  curl_share_setopt(tls_sessions_, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
}

BareRequest::~BareRequest() {
  curl_share_cleanup(tls_sessions_);
  curl_slist_free_all(headers_);
  curl_url_cleanup(url_);
}

void BareRequest::set_up(BareEasy& easy) const {
  const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(easy.handle(), option, value); };
  if (tuning_ == Tuning::all) {
    set(CURLOPT_REQUEST_TARGET, target_.c_str());  // of a URL's path libcurl makes a text anew for each request
    set(CURLOPT_UPLOAD_BUFFERSIZE, 16'384L);       // over TLS it asks for one of 64 KiB for each request
  }
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOPROXY, "");  // or it looks into the environment for each request
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_CURLU, url_);
  set(CURLOPT_HTTPHEADER, headers_);
  set(CURLOPT_POST, 1L);
  set(CURLOPT_POSTFIELDS, workload_.body.c_str());
  set(CURLOPT_POSTFIELDSIZE, static_cast<long>(workload_.body.size()));
  set(CURLOPT_WRITEFUNCTION, take_answer);
  set(CURLOPT_PREREQFUNCTION, BareEasy::on_prereq);
  set(CURLOPT_PREREQDATA, static_cast<void*>(&easy));
  if (!workload_.ca_file.empty()) {
    set(CURLOPT_CAINFO, workload_.ca_file.c_str());
    set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
    set(CURLOPT_SHARE, tls_sessions_);
  }
}

}  // namespace messenger::benchmark
