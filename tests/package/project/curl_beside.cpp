// SPDX-License-Identifier: Apache-2.0
// A host that uses libcurl itself: curl_beside PLUGINS URL. Neither's set-up or clean-up disturbs the other.
#include <curl/curl.h>

#include <iostream>
#include <messenger/loader/registry.hpp>
#include <string>

#include "loopback.hpp"

using namespace messenger::loader;

namespace {

std::size_t discard(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

void get(const char* when, const std::string& url) {
  CURL* const easy = curl_easy_init();
  long status = 0;
  curl_easy_setopt(easy, CURLOPT_URL, (url + "/simulator/messages").c_str());
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, discard);
  curl_easy_perform(easy);
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_cleanup(easy);
  std::cout << when << ' ' << status << '\n';
}

/// A messenger that lives as long as its HTTP service.
class Messenger {
 public:
  Messenger(const std::string& plugins, const std::string& url) {
    registry_.load({plugins});
    registry_.configure("m", "Generic", R"({"url":")" + url + R"(/webhook","connectTimeout":5000,"readTimeout":5000})");
  }

  void send(const char* when) {
    const Result result = registry_.send("m", {.to = "+15551230001", .body = "Hello"});
    std::cout << when << ' ' << to_string(result.outcome) << '\n';
  }

 private:
  HttpService http_ = loopback_service();
  Registry registry_{{.services = {{MSGR_HTTP_1, msgr_http_service_table(http_.get())}}}};
};

}  // namespace

int main(int count, char** argument) {
  if (count != 3) {
    return 2;
  }
  const std::string plugins = argument[1], url = argument[2];
  curl_global_init(CURL_GLOBAL_ALL);
  get("before", url);
  {
    Messenger first(plugins, url);
    first.send("first");
    get("while", url);
    first.send("first");
  }
  get("after", url);
  Messenger second(plugins, url);
  curl_global_cleanup();  // the host is done with libcurl, the service is not
  second.send("second");
  return 0;
}
