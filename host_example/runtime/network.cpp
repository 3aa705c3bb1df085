// SPDX-License-Identifier: Apache-2.0
#include "runtime/network.hpp"

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace messenger::host {

namespace {

// A list as C wants it, ended by NULL; views of the texts. An empty one is how a command line says "none".
std::vector<const char*> c_list(const std::vector<std::string>& texts) {
  std::vector<const char*> list;
  for (const std::string& text : texts) {
    if (!text.empty()) {
      list.push_back(text.c_str());
    }
  }
  list.push_back(nullptr);
  return list;
}

const char* c_text(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

// "/allow_ranges/0" is the user's allow_ranges.
void add_problem(void* problems, const msgr_issue* issue) {
  const std::string_view pointer(issue->pointer.ptr, issue->pointer.len);
  auto& text = *static_cast<std::string*>(problems);
  text.append(text.empty() ? "" : " ").append(pointer.substr(1, pointer.find('/', 1) - 1)).append(": ");
  text.append(issue->text.ptr, issue->text.len);
}

}  // namespace

HttpService start_http(const NetworkOptions& options) {
  const auto allow = c_list(options.allow_ranges);
  const auto plain = c_list(options.http_ranges);
  const auto direct = c_list(options.no_proxy);
  msgr_http_service_options raw{};
  raw.size = sizeof raw;
  raw.ca_file = c_text(options.ca_file);
  raw.allow_ranges = allow.data();
  raw.http_ranges = plain.data();
  raw.proxy = c_text(options.proxy);
  raw.proxy_username = c_text(options.proxy_username);
  raw.proxy_password = c_text(options.proxy_password);
  raw.no_proxy = direct.data();
  std::string problems;
  HttpService service(msgr_http_service_create(&raw, &add_problem, &problems));
  if (!problems.empty()) {
    throw std::invalid_argument(problems);
  }
  if (!service) {
    throw std::system_error(errno, std::system_category(), "HTTP service");
  }
  return service;
}

}  // namespace messenger::host
