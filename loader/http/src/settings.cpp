// SPDX-License-Identifier: Apache-2.0
#include "settings.hpp"

#include <curl/curl.h>

namespace messenger::http {

namespace {

std::string or_empty(const char* text) {
  return text != nullptr ? text : "";
}

}  // namespace

Settings::Settings(const msgr_http_service_options& options, Issues& issues)
    : ca_file(or_empty(options.ca_file != nullptr ? options.ca_file : curl_version_info(CURLVERSION_NOW)->cainfo)),
      user_agent(options.user_agent != nullptr ? options.user_agent : "messenger/" MSGR_VERSION),
      max_idle_connections(options.max_idle_connections != 0 ? static_cast<long>(options.max_idle_connections)
                                                             : 1'024L),
      egress(options, issues),
      proxy(options, issues) {}

}  // namespace messenger::http
