// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <memory>
#include <new>

namespace messenger::http {

struct CurlDelete {
  void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
struct CurlMultiDelete {
  void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};
struct CurlFree {
  void operator()(char* text) const noexcept { curl_free(text); }
};

using EasyHandle = std::unique_ptr<CURL, CurlDelete>;
using UrlHandle = std::unique_ptr<CURLU, CurlDelete>;
using MultiHandle = std::unique_ptr<CURLM, CurlMultiDelete>;
using CurlText = std::unique_ptr<char, CurlFree>;

/// Sets an option that must hold. Throws std::bad_alloc when it does not: libcurl fails for want of memory, as
/// create() has made sure that it knows what is asked for.
template <class Value>
void set_option(CURL* easy, CURLoption option, Value value) {
  if (curl_easy_setopt(easy, option, value) != CURLE_OK) {
    throw std::bad_alloc();
  }
}

}  // namespace messenger::http
