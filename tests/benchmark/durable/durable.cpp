// SPDX-License-Identifier: Apache-2.0
// The durable path of a whole host, and where its time goes.
#include <algorithm>
#include <stdexcept>

#include "durable_run.hpp"
#include "figures.hpp"
#include "postgres_server.hpp"
#include "section.hpp"

namespace json = boost::json;

namespace messenger::benchmark {

namespace {

constexpr double wanted_per_second = 20'000;

struct Scenario {
  const char* name;  // in JSON
  const char* what;
  DurableRun run;
  bool has_goal = false;
};

const std::vector<std::string> many_slots{"--slots", "1024", "--slots-per-messenger", "1024"};

std::vector<Scenario> sqlite_scenarios(const Options& options) {
  const std::size_t messages = options.scaled(30'000, 200);
  return {{"many", "Generic, 100 in a request", {{}, 1, "Generic", messages, 100, 4, many_slots}, true},
          {"one", "Generic, 1 in a request", {{}, 1, "Generic", messages, 1, 64, many_slots}},
          {"twilio", "Twilio, 100 in a request", {{}, 1, "Twilio", messages, 100, 4, many_slots}},
          {"defaults", "Generic, 100 in a request, slots as they come", {{}, 1, "Generic", messages, 100, 4, {}}}};
}

std::vector<Scenario> postgresql_scenarios(const Options& options) {
  const std::size_t messages = options.scaled(10'000, 200);
  return {{"oneHost", "Generic, 100 in a request, one host", {{}, 1, "Generic", messages, 100, 4, many_slots}},
          {"twoHosts", "Generic, 100 in a request, two hosts", {{}, 2, "Generic", messages, 100, 4, many_slots}}};
}

// Where the time of the host has gone, the largest first in the order of the path.
void add_stages(Report& report, const std::vector<DurableFigures>& rounds) {
  const auto add = [&](const std::string& what, const auto& value) {
    Figure figure{"  " + what, "us CPU", {}, {}, Claim::ours};
    for (const DurableFigures& round : rounds) {
      figure.ours.push_back(value(round));
    }
    if (median(figure.ours) >= 0.1) {
      report.add(figure);
    }
  };
  add("load generator", [](const DurableFigures& round) { return round.load; });
  for (const auto& [name, time] : rounds.front().host) {
    add(name, [&name = name](const DurableFigures& round) {
      const auto found = round.host.find(name);
      return found == round.host.end() ? 0 : found->second;
    });
  }
  add("provider", [](const DurableFigures& round) { return round.provider; });
}

bool is_wanted(const Options& options, const Scenario& scenario) {
  const auto& wanted = options.scenarios;
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), scenario.name) != wanted.end();
}

double measure_scenario(const Options& options, Report& report, const Scenario& scenario, const Server& provider,
                        const std::function<std::string()>& database) {
  Figure accepted{scenario.what + std::string(": accepted"), "/s", {}, {}, Claim::ours};
  Figure recorded{scenario.what + std::string(": recorded"), "/s", {}, {}, Claim::ours};
  if (scenario.has_goal) {
    recorded.at_least = wanted_per_second;
  }
  std::vector<DurableFigures> rounds;
  for (std::size_t round = 0; round < options.rounds; ++round) {
    DurableRun run = scenario.run;
    run.database = database();
    rounds.push_back(measure_durable(run, provider));
    accepted.ours.push_back(rounds.back().accepted_per_second);
    recorded.ours.push_back(rounds.back().recorded_per_second);
  }
  report.add(accepted);
  const double rate = report.add(recorded);
  add_stages(report, rounds);
  return rate;
}

json::object run_postgresql(const Options& options, Report& report, const Server& provider) {
  json::object rates;
  try {
    test::PostgresServer server(test::PostgresServer::Durability::disk);
    report.begin("durable, PostgreSQL on the same machine", "none");
    for (const Scenario& scenario : postgresql_scenarios(options)) {
      if (is_wanted(options, scenario)) {
        rates[scenario.name] =
            measure_scenario(options, report, scenario, provider, [&] { return server.new_database(); });
      }
    }
  } catch (const std::runtime_error& error) {
    report.note("PostgreSQL: " + std::string(error.what()));
  }
  return rates;
}

}  // namespace

json::object run_durable(const Options& options, Report& report) {
  const Server provider({});
  report.begin("durable: accepted by REST, kept, sent, recorded; SQLite, on the disk", "none");
  report.note("Load, host and provider share the cores; below each rate, CPU of a message by thread.");
  json::object sqlite;
  for (const Scenario& scenario : sqlite_scenarios(options)) {
    if (is_wanted(options, scenario)) {
      sqlite[scenario.name] = measure_scenario(options, report, scenario, provider, [] { return std::string(); });
    }
  }
  json::object postgresql = run_postgresql(options, report, provider);
  return {{"durablePerSecond", json::object{{"sqlite", std::move(sqlite)}, {"postgresql", std::move(postgresql)}}}};
}

}  // namespace messenger::benchmark
