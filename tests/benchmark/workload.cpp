// SPDX-License-Identifier: Apache-2.0
#include "workload.hpp"

#include <boost/algorithm/string/replace.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace json = boost::json;

namespace messenger::benchmark {

Workload twilio_workload(const Provider& provider) {
  const json::object config{
      {"url", provider.url}, {"accountSID", account}, {"authToken", auth_token}, {"fromPhoneNumber", from_number}};
  return {.name = "twilio",
          .type = "Twilio",
          .config = json::serialize(config),
          .url = provider.url + "/2010-04-01/Accounts/" + account + "/Messages.json",
          .ca_file = provider.ca_file,
          .headers = {},
          .body = ""};
}

Workload generic_workload(const Provider& provider) {
  const std::string url = provider.url + "/webhook";
  const json::object config{{"url", url}, {"connectTimeout", 5'000}, {"readTimeout", 15'000}};
  return {.name = "generic",
          .type = "Generic",
          .config = json::serialize(config),
          .url = url,
          .ca_file = provider.ca_file,
          .headers = {},
          .body = ""};
}

void learn(Workload& workload, const std::string& request) {
  const auto end = request.find("\r\n\r\n");
  workload.body = request.substr(end + 4);
  for (auto at = request.find("\r\n") + 2; at < end + 2;) {
    const auto line_end = request.find("\r\n", at);
    const std::string line = request.substr(at, line_end - at);
    const std::string name = line.substr(0, line.find(':'));
    if (name != "Host" && name != "Accept" && name != "Content-Length") {
      workload.headers.push_back(line);
    }
    at = line_end + 2;
  }
}

void move_to(Workload& workload, const Provider& provider) {
  const std::string before = workload.url.substr(0, workload.url.find('/', std::string("https://").size()));
  boost::algorithm::replace_all(workload.config, before, provider.url);
  workload.url.replace(0, before.size(), provider.url);
  workload.ca_file = provider.ca_file;
}

}  // namespace messenger::benchmark
