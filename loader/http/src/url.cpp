// SPDX-License-Identifier: Apache-2.0
#include "url.hpp"

#include <messenger/detail/request_syntax.hpp>
#include <messenger/secret.hpp>

#include <algorithm>
#include <boost/algorithm/string/trim.hpp>
#include <utility>

#include "address.hpp"

namespace messenger::http {

namespace {

CurlText part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  return CurlText(curl_url_get(url, which, &text, 0) == CURLUE_OK ? text : nullptr);
}

UrlHandle parsed(std::string text) {
  UrlHandle url(curl_url());
  if (url && curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    url.reset();
  }
  wipe(text);
  return url;
}

SplitUrl split(UrlHandle url) {
  SplitUrl parts;
  if (!url) {
    return parts;
  }
  const CurlText path = part(url.get(), CURLUPART_PATH);
  const CurlText query = part(url.get(), CURLUPART_QUERY);
  const std::string_view path_text = path ? path.get() : "/";
  const std::string_view query_text = query ? query.get() : "";
  parts.target.reserve(path_text.size() + 1 + query_text.size());  // grown, it would leave a copy behind
  parts.target.append(path_text);
  if (query) {
    parts.target.append("?").append(query_text);
  }
  curl_url_set(url.get(), CURLUPART_PATH, "/", 0);
  curl_url_set(url.get(), CURLUPART_QUERY, nullptr, 0);
  parts.origin = std::move(url);
  return parts;
}

// A host whose last label is a number is meant as an address. libcurl makes a plain one of most spellings; of what is
// left
// ("10.0.0.1.", "0xa9fea9fe.") nobody knows what a resolver behind a proxy would make.
bool is_odd_address(std::string_view host) {
  if (Address::parse(host)) {
    return false;
  }
  while (host.ends_with('.')) {
    host.remove_suffix(1);
  }
  const auto last = host.substr(host.rfind('.') + 1);  // npos + 1 = 0
  const bool hexadecimal = last.starts_with("0x") || last.starts_with("0X");
  return !last.empty() && (hexadecimal || std::all_of(last.begin(), last.end(), detail::is_digit));
}

}  // namespace

BaseUrl::~BaseUrl() {
  wipe(prefix_);
  wipe(query_);
}

std::string BaseUrl::parse(std::string_view url) {
  if (std::any_of(url.begin(), url.end(), [](unsigned char c) { return c <= ' ' || c >= 0x7f; })) {
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
  if (is_odd_address(host_)) {
    return "The URL's host is neither a name nor a well-formed address.";
  }
  plain_http_ = std::string_view(scheme.get()) == "http";
  has_port_ = part(handle.get(), CURLUPART_PORT) != nullptr;
  const CurlText path = part(handle.get(), CURLUPART_PATH);
  origin_ = query_.empty() && (!path || std::string_view(path.get()) == "/");
  return {};
}

SplitUrl BaseUrl::with(std::string_view target) const {
  const auto mark = std::min(target.find('?'), target.size());
  const auto path = target.substr(0, mark);
  if (!detail::is_target(target)) {
    return {};
  }
  std::string text;
  text.reserve(prefix_.size() + query_.size() + target.size() + 2);  // grown, it would leave a copy behind
  text.append(prefix_);
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
  return split(parsed(std::move(text)));
}

}  // namespace messenger::http
