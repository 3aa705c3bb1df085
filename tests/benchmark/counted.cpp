// SPDX-License-Identifier: Apache-2.0
#include "counted.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include "bare.hpp"
#include "ours.hpp"

namespace json = boost::json;

namespace messenger::benchmark {

std::vector<std::string> counted_arguments(const Options& options, const CountedRun& counted) {
  const Workload& workload = counted.workload;
  const json::object description{{"ours", counted.is_ours},
                                 {"name", workload.name},
                                 {"type", workload.type},
                                 {"config", workload.config},
                                 {"url", workload.url},
                                 {"caFile", workload.ca_file},
                                 {"headers", json::array(workload.headers.begin(), workload.headers.end())},
                                 {"body", workload.body},
                                 {"inFlight", counted.run.in_flight},
                                 {"sends", counted.run.sends},
                                 {"otherThread", counted.run.feed == Feed::another_thread}};
  return {"--plugin-dir", options.plugins, "--counted", json::serialize(description)};
}

void run_counted(const Options& options, const std::string& description) {
  const json::value read = json::parse(description);
  const auto string = [&](const char* name) { return json::value_to<std::string>(read.at(name)); };
  const Workload workload{.name = string("name"),
                          .type = string("type"),
                          .config = string("config"),
                          .url = string("url"),
                          .ca_file = string("caFile"),
                          .headers = json::value_to<std::vector<std::string>>(read.at("headers")),
                          .body = string("body")};
  const Run run{read.at("inFlight").to_number<std::size_t>(), read.at("sends").to_number<std::size_t>(),
                read.at("otherThread").as_bool() ? Feed::another_thread : Feed::completions};
  // The first alone, so that whether later connections resume its TLS session is not a matter of luck.
  if (read.at("ours").as_bool()) {
    Ours ours(options.plugins, {workload});
    ours.send({1, 1});
    ours.send(run);
  } else {
    Bare bare({workload}, run.in_flight, best_multi_handles(run.in_flight));
    bare.send(1);
    bare.send(run.sends);
  }
}

}  // namespace messenger::benchmark
