// SPDX-License-Identifier: Apache-2.0
#include "url.hpp"

#include <algorithm>
#include <boost/algorithm/string/replace.hpp>
#include <boost/algorithm/string/trim.hpp>

namespace messenger::http {

namespace {

CurlText part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  return CurlText(curl_url_get(url, which, &text, 0) == CURLUE_OK ? text : nullptr);
}

UrlHandle parsed(const std::string& text) {
  UrlHandle url(curl_url());
  if (url && curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    url.reset();
  }
  return url;
}

bool printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > ' ' && c < 0x7f; });
}

// A dot segment would climb out of the endpoint's path, also when its dots are encoded.
bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    const auto segment = boost::ireplace_all_copy(std::string(path.substr(0, end)), "%2e", ".");
    if (segment == "." || segment == "..") {
      return true;
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

}  // namespace

std::string BaseUrl::parse(std::string_view url) {
  if (!printable(url)) {
    return "The URL must consist of visible ASCII characters.";
  }
  const UrlHandle handle = parsed(std::string(url));
  const CurlText scheme = handle ? part(handle.get(), CURLUPART_SCHEME) : nullptr;
  if (!scheme || !part(handle.get(), CURLUPART_HOST)) {
    return "The URL is not a fully qualified http or https URL.";
  }
  if (std::string_view(scheme.get()) != "http" && std::string_view(scheme.get()) != "https") {
    return "The URL's scheme is neither http nor https.";
  }
  if (part(handle.get(), CURLUPART_USER) || part(handle.get(), CURLUPART_PASSWORD)) {
    return "The URL must not carry a user name or password.";
  }
  if (part(handle.get(), CURLUPART_FRAGMENT)) {
    return "The URL must not have a fragment.";
  }
  if (const CurlText query = part(handle.get(), CURLUPART_QUERY)) {
    query_ = query.get();
    curl_url_set(handle.get(), CURLUPART_QUERY, nullptr, 0);
  }
  const CurlText rest = part(handle.get(), CURLUPART_URL);
  if (!rest) {
    return "The URL is not a fully qualified http or https URL.";
  }
  prefix_ = rest.get();
  host_ = boost::trim_copy_if(std::string(part(handle.get(), CURLUPART_HOST).get()),
                              [](char c) { return c == '[' || c == ']'; });
  plain_http_ = std::string_view(scheme.get()) == "http";
  has_port_ = part(handle.get(), CURLUPART_PORT) != nullptr;
  const CurlText path = part(handle.get(), CURLUPART_PATH);
  origin_ = query_.empty() && (!path || std::string_view(path.get()) == "/");
  return {};
}

UrlHandle BaseUrl::with(std::string_view target) const {
  const auto mark = std::min(target.find('?'), target.size());
  const auto path = target.substr(0, mark);
  // Some servers take a backslash for a slash.
  if (!printable(target) || target.find_first_of("#\\") != std::string_view::npos || has_dot_segment(path) ||
      (!path.empty() && path.front() != '/')) {
    return nullptr;
  }
  std::string text = prefix_;
  if (!path.empty() && text.back() == '/') {
    text.pop_back();
  }
  text.append(path);
  if (!query_.empty()) {
    text.append("?").append(query_);
  }
  if (mark < target.size()) {
    text.append(query_.empty() ? "?" : "&").append(target.substr(mark + 1));
  }
  return parsed(text);
}

}  // namespace messenger::http
