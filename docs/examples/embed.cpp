// SPDX-License-Identifier: Apache-2.0
// A host in a few lines: embed PLUGIN_DIRECTORY TYPE CONFIG_JSON TO TEXT
#include <messenger/http_service.h>

#include <iostream>
#include <messenger/loader/registry.hpp>

using messenger::loader::Registry;
using messenger::loader::to_string;

namespace {

int run(const msgr_http* http, char** argument) {
  Registry registry({.services = {{MSGR_HTTP_1, http}}, .log = {}});
  registry.load({argument[1]});
  for (const auto& issue : registry.configure("sms", argument[2], argument[3])) {
    std::cerr << issue.pointer << ": " << issue.text << '\n';
  }
  const auto result = registry.send("sms", {.to = argument[4], .from = {}, .body = argument[5], .secret = true});
  std::cout << to_string(result.outcome) << ' ' << result.provider_id << ' ' << result.detail << '\n';
  return static_cast<int>(result.outcome);
}

}  // namespace

int main(int count, char** argument) {
  if (count != 6) {
    return 2;
  }
  // Loopback is for the example; without it requests go to public addresses only, over https.
  const char* const loopback[] = {"127.0.0.0/8", "::1", nullptr};
  msgr_http_service_options options{};
  options.size = sizeof options;
  options.allow_ranges = options.http_ranges = loopback;
  msgr_http_service* const http = msgr_http_service_create(&options, nullptr, nullptr);
  const int status = run(msgr_http_service_table(http), argument);
  msgr_http_service_destroy(http);
  return status;
}
