// SPDX-License-Identifier: Apache-2.0
// CPU per send through the product beside bare libcurl with the same bytes, in one run. Ratios are the claim; the
// microseconds only show where they come from.
#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <iostream>
#include <stdexcept>

#include "bare.hpp"
#include "figures.hpp"
#include "ours.hpp"
#include "server.hpp"

namespace json = boost::json;
using namespace messenger::benchmark;

namespace {

constexpr int server_cpu = 0;
constexpr int client_cpu = 1;

struct Settings {
  std::string plugins;
  std::vector<std::size_t> in_flight{1, 64, 256};
  std::size_t sends = 20'000, rounds = 7;
  bool json = false;
};

std::vector<Workload> workloads(const std::string& server) {
  const std::string account = "AC00000000000000000000000000000000";
  Workload twilio{"twilio", "Twilio", "", server + "/2010-04-01/Accounts/" + account + "/Messages.json", {}, ""};
  twilio.config = json::serialize(json::object{
      {"url", server}, {"accountSID", account}, {"authToken", "token"}, {"fromPhoneNumber", "+15005550006"}});
  Workload generic{"generic", "Generic", "", server + "/webhook", {}, ""};
  generic.config =
      json::serialize(json::object{{"url", generic.url}, {"connectTimeout", 5'000}, {"readTimeout", 15'000}});
  return {twilio, generic};
}

// What our messenger sends becomes what bare libcurl sends: its own header lines, and the body.
void learn(Workload& workload, const std::string& request) {
  const auto end = request.find("\r\n\r\n");
  workload.body = request.substr(end + 4);
  for (auto at = request.find("\r\n") + 2; at < end + 2;) {
    const auto line_end = request.find("\r\n", at);
    const std::string line = request.substr(at, line_end - at);
    const std::string name = line.substr(0, line.find(':'));
    if (name != "Host" && name != "User-Agent" && name != "Accept" && name != "Content-Length") {
      workload.headers.push_back(line);
    }
    at = line_end + 2;
  }
}

void make_identical(Ours& ours, Workload& workload, const std::string& server) {
  ours.run(workload, {1, 1}, Feed::completions);
  const std::string wanted = last_request(server);
  learn(workload, wanted);
  run_bare(workload, {1, 1});
  if (last_request(server) != wanted) {
    throw std::runtime_error(workload.name + ": the requests differ:\n" + wanted + "\n---\n" + last_request(server));
  }
}

struct Series {
  std::vector<double> bare, ours, threaded, ratio, threaded_ratio;
};

// Contenders take turns, so that what disturbs the machine disturbs all.
Series measure(Ours& ours, const Workload& workload, const Run& run, std::size_t rounds) {
  Series series;
  for (std::size_t round = 0; round < rounds; ++round) {
    series.bare.push_back(run_bare(workload, run).cpu_us);
    series.ours.push_back(ours.run(workload, run, Feed::completions).cpu_us);
    series.threaded.push_back(ours.run(workload, run, Feed::another_thread).cpu_us);
    series.ratio.push_back(series.ours.back() / series.bare.back());
    series.threaded_ratio.push_back(series.threaded.back() / series.bare.back());
  }
  return series;
}

void print_row(const Workload& workload, std::size_t in_flight, const Series& series) {
  std::printf("%-8s %9zu %8.1f %8.1f %7.2f x %13.1f %7.2f x %8.0f %%\n", workload.name.c_str(), in_flight,
              median(series.bare), median(series.ours), median(series.ratio), median(series.threaded),
              median(series.threaded_ratio), 100 * spread(series.ratio));
  std::fflush(stdout);
}

int run(const Settings& settings) {
  const Server server(server_cpu);
  const bool pinned = pin_to(client_cpu);
  auto contenders = workloads(server.url());
  Ours ours(settings.plugins, contenders);
  for (Workload& workload : contenders) {
    make_identical(ours, workload, server.url());
  }
  std::printf("CPU microseconds per send; median of %zu rounds of %zu sends; %s\n", settings.rounds, settings.sends,
              pinned ? "server on core 0, client on core 1" : "not pinned: only one core");
  std::printf("%-8s %9s %8s %8s %9s %13s %9s %10s\n", "", "in flight", "libcurl", "ours", "ratio", "other thread",
              "ratio", "noise");
  json::object ratios;
  json::object threaded;
  for (const Workload& workload : contenders) {
    json::object own;
    json::object own_threaded;
    for (const std::size_t in_flight : settings.in_flight) {
      const auto series = measure(ours, workload, {in_flight, settings.sends}, settings.rounds);
      print_row(workload, in_flight, series);
      own[std::to_string(in_flight)] = median(series.ratio);
      own_threaded[std::to_string(in_flight)] = median(series.threaded_ratio);
    }
    ratios[workload.name] = std::move(own);
    threaded[workload.name] = std::move(own_threaded);
  }
  if (settings.json) {
    std::cout << json::serialize(json::object{{"ratio", std::move(ratios)}, {"ratioOtherThread", std::move(threaded)}})
              << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  CLI::App app("Measures the product beside bare libcurl.", "messenger-benchmark");
  app.add_option("--plugin-dir", settings.plugins, "Where the two messengers stand")->required();
  app.add_option("--in-flight", settings.in_flight, "Sends under way at once; several values are several rows");
  app.add_option("--sends", settings.sends, "Sends in a round")->check(CLI::Range(1'000, 10'000'000));
  app.add_option("--rounds", settings.rounds, "Rounds of every contender")->check(CLI::Range(1, 1'000));
  app.add_flag("--json", settings.json, "End with one line of JSON");
  try {
    app.parse(argc, argv);
    return run(settings);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const std::exception& error) {
    std::cerr << "messenger-benchmark: " << error.what() << '\n';
    return 1;
  }
}
