// SPDX-License-Identifier: Apache-2.0
// Others' clients against the same server, when they are installed: Twilio's npm helper, and wrk, which is about as
// little as a client can do.
#include <sys/resource.h>

#include <boost/json/object.hpp>
#include <filesystem>
#include <stdexcept>

#include "figures.hpp"
#include "find_program.hpp"
#include "pair.hpp"
#include "process.hpp"
#include "section.hpp"

namespace json = boost::json;
namespace fs = std::filesystem;

namespace messenger::benchmark {

namespace {

constexpr std::size_t in_flight = 64;

std::string run_to_end(const std::vector<std::string>& arguments) {
  const auto finished = test::run(arguments);
  if (finished.status != 0) {
    throw std::runtime_error(arguments.front() + " failed: " + finished.err);
  }
  return finished.out;
}

double children_cpu_us() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto microseconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  return microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
}

// wrk sends what a function of ours returns, as it is.
std::string lua_script(const std::string& request) {
  std::string bytes;
  for (const char byte : request) {
    char escaped[5];
    std::snprintf(escaped, sizeof escaped, "\\%03u", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    bytes += escaped;
  }
  return "local bytes = \"" + bytes + "\"\nfunction request() return bytes end\n";
}

Contender::Turn wrk_turn(const std::string& program, const std::string& script, const std::string& url) {
  return [=](const Run& run) -> Contender::Figures {
    const double before = children_cpu_us();
    // Its length is a time. 20 us are about what a send takes here.
    const std::size_t seconds = std::max<std::size_t>(1, run.sends / 25'000);
    const std::string out = run_to_end({program, "-t1", "-c" + std::to_string(run.in_flight),
                                        "-d" + std::to_string(seconds) + "s", "-s", script, url});
    const auto at = out.find(" requests in ");
    if (at == std::string::npos || out.find("Non-2xx") != std::string::npos ||
        out.find("Socket errors") != std::string::npos) {
      throw std::runtime_error("wrk: " + out);
    }
    const std::string requests = out.substr(out.rfind('\n', at) + 1, at - out.rfind('\n', at) - 1);
    return {(children_cpu_us() - before) / std::stod(requests)};
  };
}

// Node measures itself, after it has warmed up.
Contender::Turn helper_turn(const std::string& node, const std::string& node_modules, const std::string& url) {
  return [=](const Run& run) -> Contender::Figures {
    return {std::stod(run_to_end({node, std::string(BENCHMARK_SOURCE_DIR) + "/twilio_helper.cjs", node_modules, url,
                                  account, auth_token, from_number, recipient, text, std::to_string(run.in_flight),
                                  std::to_string(run.sends)}))};
  };
}

struct Series {
  std::vector<double> theirs, ours;
};

Series measure_in_turn(const Options& options, Contender& theirs, Contender& ours, std::size_t their_sends) {
  Series series;
  for (std::size_t round = 0; round < options.rounds; ++round) {
    series.theirs.push_back(theirs.run({in_flight, their_sends}).at(0));
    series.ours.push_back(ours.run({in_flight, options.scaled(10'000, 100)}).at(0));
  }
  return series;
}

}  // namespace

json::object run_clients(const Options& options, Report& report) {
  report.begin("clients, Twilio's API, plain, 64 in flight", "the client named");
  const Server server({.cpu = server_cpu});
  const Workload workload = identical_workloads(options, server).front();
  ours_contender(options, {workload})->run({1, 1});
  const std::string request = server.last_request();
  const auto ours = ours_contender(options, {workload});
  json::object members;
  const std::string node = find_program("node");
  if (node.empty() || !fs::exists(fs::path(options.twilio_helper) / "twilio")) {
    report.note("Twilio's npm helper: left out, node or its package is not installed (scripts/bench says how)");
  } else {
    Contender helper(client_cpu, [&] { return helper_turn(node, options.twilio_helper, server.provider().url); });
    const auto series = measure_in_turn(options, helper, *ours, options.scaled(4'000, 64));
    Figure figure{"Twilio's npm helper", "us CPU", series.theirs, series.ours, Claim::advantage};
    figure.at_least = 19;
    members["twilioHelper"] = report.add(figure);
  }
  const std::string wrk = find_program("wrk");
  if (wrk.empty()) {
    report.note("wrk: left out, it is not installed (scripts/install-packages bench)");
  } else {
    const test::TemporaryDirectory directory;
    const std::string script = directory.write("request.lua", lua_script(request));
    Contender plain(client_cpu, [&] { return wrk_turn(wrk, script, server.provider().url); });
    const auto series = measure_in_turn(options, plain, *ours, options.scaled(50'000));
    members["wrk"] = report.add({"wrk, the same bytes", "us CPU", series.theirs, series.ours});
  }
  return {{"clients", std::move(members)}};
}

}  // namespace messenger::benchmark
