// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_DETAIL_REQUEST_SYNTAX_HPP
#define MESSENGER_DETAIL_REQUEST_SYNTAX_HPP

#include <messenger/http.h>
#include <messenger/detail/http_syntax.hpp>
#include <messenger/text.hpp>

#include <algorithm>
#include <string_view>

namespace messenger::detail {

/// "." or "..", also when its dots are encoded: it would climb out of the endpoint's path.
inline bool is_dot_segment(std::string_view segment) noexcept {
  std::size_t dots = 0;
  while (!segment.empty()) {
    const bool encoded = segment.size() >= 3 && segment[0] == '%' && segment[1] == '2' && lower(segment[2]) == 'e';
    if (!encoded && segment[0] != '.') {
      return false;
    }
    segment.remove_prefix(encoded ? 3 : 1);
    ++dots;
  }
  return dots == 1 || dots == 2;
}

/// What may follow an endpoint's URL: "", "/path", "?query" or both, in visible ASCII. Some servers take a backslash
/// for a slash.
inline bool is_target(std::string_view target) noexcept {
  const auto visible = [](char c) { return c > ' ' && c < 0x7f && c != '#' && c != '\\'; };
  std::string_view path = target.substr(0, std::min(target.find('?'), target.size()));
  if (!std::all_of(target.begin(), target.end(), visible) || (!path.empty() && path.front() != '/')) {
    return false;
  }
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    if (is_dot_segment(path.substr(0, end))) {
      return false;
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return true;
}

/// A header that a plugin may send: the service writes those that frame the message.
inline bool is_request_header(const msgr_pair& header) noexcept {
  return is_token(to_view(header.name)) && !is_framing_header(to_view(header.name)) &&
         is_header_value(to_view(header.value));
}

/// Whether msgr_http.request takes it; else it says MSGR_HTTP_INVALID.
inline bool is_request(const msgr_http_request& request) noexcept {
  const std::string_view method = to_view(request.method);
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return request.done != nullptr && !method.empty() && std::all_of(method.begin(), method.end(), capital) &&
         is_target(to_view(request.target)) && is_header_value(to_view(request.content_type)) &&
         std::all_of(request.headers, request.headers + request.header_count, is_request_header);
}

}  // namespace messenger::detail

#endif
