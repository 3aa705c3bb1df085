// SPDX-License-Identifier: Apache-2.0
// What the product costs beside yardsticks, in one run and one table. Ratios are the claim; the microseconds only show
// where they come from.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <vector>

#include "counted.hpp"
#include "section.hpp"

namespace json = boost::json;
using namespace messenger::benchmark;

namespace {

// In the order of the table.
const std::array sections{
    Section{"send", "CPU of a send beside bare libcurl", run_send},
    Section{"clients", "CPU of a send beside others' clients", run_clients},
    Section{"latency", "How long a lone send takes", run_latency},
    Section{"slow", "1,024 in flight at a provider of 50 ms", run_slow},
    Section{"crowd", "10,000 in flight, at a fast and at a slow provider", run_crowd},
    Section{"memory", "Memory of 10,000 in flight", run_memory},
    Section{"scale", "1, 10 and 100 messengers", run_scale},
    Section{"start", "Loading 100 plugins, and the first send", run_start},
    Section{"durable", "Accepted, kept, sent and recorded by a whole host", run_durable},
    Section{"waiting", "1 thousand and 1 million messages that wait", run_waiting},
    Section{"callgrind", "Instructions of a send; only when asked for", run_callgrind, false},
};

std::vector<std::string> section_names() {
  std::vector<std::string> names;
  for (const Section& section : sections) {
    names.emplace_back(section.name);
  }
  return names;
}

std::string section_list() {
  std::string list = "Only this part; may be repeated:";
  for (const Section& section : sections) {
    list += "\n" + std::string(section.name) + ": " + section.what;
  }
  return list;
}

bool is_wanted(const Options& options, const Section& section) {
  return options.sections.empty() ? section.is_default
                                  : std::count(options.sections.begin(), options.sections.end(), section.name) != 0;
}

int run(const Options& options) {
  Report report(options.rounds, sysconf(_SC_NPROCESSORS_ONLN) > 1);
  json::object members;
  for (const Section& section : sections) {
    if (is_wanted(options, section)) {
      for (auto& [name, value] : section.run(options, report)) {
        members[name] = value;
      }
    }
  }
  if (options.json) {
    std::cout << json::serialize(members) << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  std::string counted;
  CLI::App app("Measures the product beside bare libcurl and others.", "messenger-benchmark");
  app.add_option("--plugin-dir", options.plugins, "Where the two messengers stand")->required();
  app.add_option("--section", options.sections, section_list())->check(CLI::IsMember(section_names()));
  app.add_option("--in-flight", options.in_flight,
                 "Of \"send\": sends under way at once; several values, several rows");
  app.add_option("--scenario", options.scenarios,
                 "Of \"durable\": only this one, as the JSON names it; may be repeated");
  app.add_option("--sends", options.sends, "Sends in a round of \"send\"; the other parts' counts grow with it")
      ->check(CLI::Range(100, 10'000'000));
  app.add_option("--rounds", options.rounds, "Rounds of every contender")->check(CLI::Range(1, 1'000));
  app.add_option("--twilio-helper", options.twilio_helper, "A node_modules that has Twilio's npm helper");
  app.add_flag_callback(
      "--callgrind", [&] { options.sections.emplace_back("callgrind"); }, "The same as --section callgrind");
  app.add_option("--counted", counted, "What callgrind runs")->group("");
  app.add_flag("--json", options.json, "End with one line of JSON");
  try {
    app.parse(argc, argv);
    if (!counted.empty()) {
      run_counted(options, counted);
      return 0;
    }
    return run(options);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const std::exception& error) {
    std::cerr << "messenger-benchmark: " << error.what() << '\n';
    return 1;
  }
}
