// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/secret.hpp>

#include <string>
#include <string_view>

#include "curl_handle.hpp"

namespace messenger::http {

/// A URL in two parts. Of its path libcurl would make a new text for each request, character by character; a target it
/// takes as it is.
struct SplitUrl {
  SplitUrl() = default;
  SplitUrl(SplitUrl&&) = default;
  SplitUrl& operator=(SplitUrl&&) = default;
  ~SplitUrl() { wipe(target); }

  UrlHandle origin;    // null = the URL is malformed
  std::string target;  // path and query, as they stand in the request line
};

/// An endpoint's URL, taken apart once, to which a request's target is appended. Wiped when it goes: its path or query
/// may be a receiver's secret.
class BaseUrl {
 public:
  BaseUrl() = default;
  BaseUrl(const BaseUrl&) = delete;
  BaseUrl& operator=(const BaseUrl&) = delete;
  ~BaseUrl();

  /// Empty when the URL can be used; else one sentence that says what is wrong with it.
  std::string parse(std::string_view url);

  /// The URL of a target ("", "/more", "?query" or both). Its origin is the same for all.
  SplitUrl with(std::string_view target) const;

  /// A name or an address, which stands without brackets.
  const std::string& host() const noexcept { return host_; }
  bool is_plain_http() const noexcept { return plain_http_; }
  bool has_port() const noexcept { return has_port_; }
  /// Whether it has neither path nor query.
  bool is_origin() const noexcept { return origin_; }

 private:
  std::string host_;
  bool plain_http_ = false, has_port_ = false, origin_ = false;
  std::string prefix_;  // scheme, authority and path
  std::string query_;   // without "?"
};

}  // namespace messenger::http
