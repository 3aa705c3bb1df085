// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <memory>

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

}  // namespace messenger::http
