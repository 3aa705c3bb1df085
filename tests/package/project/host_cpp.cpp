// SPDX-License-Identifier: Apache-2.0
// A host in C++: host_cpp PLUGINS OWN_PLUGINS URL sends one message through each messenger it finds.
#include <iostream>
#include <messenger/loader/registry.hpp>
#include <string>

#include "loopback.hpp"

using namespace messenger::loader;

namespace {

void send(Registry& registry, const std::string& type, const std::string& config) {
  for (const Issue& issue : registry.configure(type, type, config)) {
    std::cout << type << ' ' << issue.pointer << ": " << issue.text << '\n';
  }
  const Result result = registry.send(type, {.to = "+15551230001", .body = "Hello"});
  std::cout << type << ' ' << to_string(result.outcome) << ' ' << result.provider_id.substr(0, 2) << '\n';
}

void send_all(Registry& registry, const std::string& url) {
  send(registry, "Sink", "{}");
  send(registry, "JsonPost", R"({"url":")" + url + R"(/webhook"})");
  send(registry, "Generic", R"({"url":")" + url + R"(/webhook","connectTimeout":5000,"readTimeout":5000})");
  send(registry, "Twilio",
       R"({"accountSID":"AC0123456789abcdef0123456789abcdef","authToken":"t","url":")" + url +
           R"(","fromPhoneNumber":"+15005550006"})");
}

}  // namespace

int main(int count, char** argument) {
  if (count != 4) {
    return 2;
  }
  const HttpService http = loopback_service();
  Registry registry({.services = {{MSGR_HTTP_1, msgr_http_service_table(http.get())}}});
  for (const PluginFile& file : registry.load({argument[1], argument[2]})) {
    if (!file.loaded) {
      std::cout << file.path.string() << ": " << file.reason << '\n';
    }
  }
  send_all(registry, argument[3]);
  try {
    registry.configure("nobody", "Nobody", "{}");
  } catch (const Error& error) {  // thrown in one library, caught by its type in another
    std::cout << "Nobody " << (error.kind() == Error::Kind::unknown_type ? "unknown_type" : error.what()) << '\n';
  }
  return 0;
}
