// SPDX-License-Identifier: Apache-2.0
#include "proxy.hpp"

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/trim.hpp>
#include <cctype>

#include "url.hpp"

namespace messenger::http {

namespace {

std::string host_name(std::string_view text) {
  return boost::trim_copy_if(boost::to_lower_copy(std::string(text)), [](char c) { return c == '.'; });
}

bool is_host_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  });
}

Secret with_nul(const char* text) {
  return Secret(std::string_view(text, std::char_traits<char>::length(text) + 1));
}

}  // namespace

Proxy::Proxy(const msgr_http_service_options& options, Issues& issues) {
  if (options.proxy != nullptr) {
    read_url(options.proxy, issues);
  }
  if (options.proxy_username != nullptr) {
    username_ = with_nul(options.proxy_username);
    password_ = with_nul(options.proxy_password != nullptr ? options.proxy_password : "");
  }
  read_exceptions(options.no_proxy, issues);
}

void Proxy::read_url(const char* url, Issues& issues) {
  BaseUrl parsed;
  if (const auto problem = parsed.parse(url); !problem.empty()) {
    issues.push_back({"/proxy", "invalid", problem});
  } else if (!parsed.has_port()) {
    issues.push_back({"/proxy", "invalid", "The proxy's URL must name its port."});
  } else if (!parsed.is_origin()) {
    issues.push_back({"/proxy", "invalid", "The proxy's URL must have no path and no query."});
  } else {
    url_ = url;
  }
}

void Proxy::read_exceptions(const char* const* list, Issues& issues) {
  for (std::size_t i = 0; list != nullptr && list[i] != nullptr; ++i) {
    if (const auto range = Range::parse(list[i])) {
      direct_ranges_.push_back(*range);
    } else if (auto name = host_name(list[i]); is_host_name(name)) {
      direct_names_.push_back(std::move(name));
    } else {
      issues.push_back({"/no_proxy/" + std::to_string(i), "invalid",
                        "\"" + std::string(list[i]) + "\" is neither a host name nor an address or range."});
    }
  }
}

bool Proxy::serves(std::string_view host) const {
  if (url_.empty()) {
    return false;
  }
  if (const auto address = Address::parse(host)) {
    return std::none_of(direct_ranges_.begin(), direct_ranges_.end(),
                        [&](const Range& range) { return range.contains(*address); });
  }
  const std::string name = host_name(host);
  return std::none_of(direct_names_.begin(), direct_names_.end(), [&](const std::string& direct) {
    return name == direct ||
           (name.size() > direct.size() && name.ends_with(direct) && name[name.size() - direct.size() - 1] == '.');
  });
}

void Proxy::use(CURL* easy) const {
  set_option(easy, CURLOPT_PROXY, url_.c_str());
  set_option(easy, CURLOPT_HTTPPROXYTUNNEL, 1L);
  set_option(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // the response's headers are the provider's
  set_option(easy, CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set_option(easy, CURLOPT_PROXYAUTH, static_cast<long>(CURLAUTH_BASIC));
  if (!username_.empty()) {
    set_option(easy, CURLOPT_PROXYUSERNAME, username_.reveal().data());
    set_option(easy, CURLOPT_PROXYPASSWORD, password_.reveal().data());
  }
}

}  // namespace messenger::http
