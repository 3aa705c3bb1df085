// SPDX-License-Identifier: Apache-2.0
// What it costs that messages wait: 1 thousand beside 1 million, in the store alone and in a whole host.
#include "waiting/waiting_host.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <stdexcept>
#include <vector>

#include "postgres_server.hpp"
#include "section.hpp"

namespace json = boost::json;

namespace messenger::benchmark {

namespace {

constexpr std::size_t few = 1'000;
constexpr double most_growth = 1.1;

struct Pair {
  WaitingHost few, many;

  // In turn; who goes first changes from round to round.
  template <class Turn>
  void run(std::size_t round, Turn turn) {
    turn(round % 2 == 0 ? few : many, round % 2 != 0);
    turn(round % 2 == 0 ? many : few, round % 2 == 0);
  }
};

// A figure of both, by the round.
struct Growth {
  Figure figure;

  Growth(const std::string& what, const std::string& unit, bool has_goal) : figure{what, unit} {
    if (has_goal) {
      figure.at_most = most_growth;
    }
  }
  void take(bool is_many, double value) { (is_many ? figure.ours : figure.yardstick).push_back(value); }
};

json::object measure_host(const Options& options, Report& report, Pair& pair) {
  const std::size_t messages = options.scaled(5'000, 400);
  Growth codes{"codes beside a campaign, host", "us CPU", true};
  Growth campaign{"the campaign itself, host", "us CPU", true};
  Growth codes_memory{"  resident until then, queue looked at, at most", "KiB", true};
  Growth campaign_memory{"  resident while the campaign is sent, at most", "KiB", true};
  for (WaitingHost* const host : {&pair.few, &pair.many}) {  // until SQLite's page cache is full
    host->send_codes(8 * messages);
    host->send_campaign(messages);
  }
  for (std::size_t round = 0; round < options.rounds; ++round) {
    pair.run(round, [&](WaitingHost& host, bool is_many) {
      const auto beside = host.send_codes(messages);
      codes.take(is_many, beside.cpu_us);
      codes_memory.take(is_many, beside.peak_kib);
      const auto own = host.send_campaign(messages);
      campaign.take(is_many, own.cpu_us);
      campaign_memory.take(is_many, own.peak_kib);
    });
  }
  json::object members;
  members["codes"] = report.add(codes.figure);
  members["codesMemory"] = report.add(codes_memory.figure);
  members["campaign"] = report.add(campaign.figure);
  members["campaignMemory"] = report.add(campaign_memory.figure);
  return members;
}

// What operators ask for, which may go through all that waits.
void measure_answers(const Options& options, Report& report, Pair& pair) {
  for (const auto& [what, path] : std::vector<std::pair<std::string, std::string>>{
           {"first page of a search", "/api/message/search?numberOfResults=25"},
           {"first page of those queued", "/api/message/search?numberOfResults=25&state=queued"},
           {"the queue's counts", "/api/message/queue"}}) {
    Growth answer{what, "ms", false};
    for (std::size_t round = 0; round < options.rounds; ++round) {
      pair.run(round, [&, &path = path](WaitingHost& host, bool is_many) {
        answer.take(is_many, host.process().answer_time(path));
      });
    }
    report.add(answer.figure);
  }
}

json::object measure_store(const Options& options, Report& report, Pair& pair) {
  json::object members;
  for (const auto& [sent, what] :
       std::vector<std::pair<std::string, std::string>>{{"codes", "codes beside a campaign, store alone"},
                                                        {"ahead", "ahead of what waits in its lane, store alone"},
                                                        {"campaign", "the campaign itself, store alone"}}) {
    Growth cost{what, "us CPU", true};
    for (std::size_t round = 0; round < options.rounds; ++round) {
      pair.run(round, [&, &sent = sent](WaitingHost& host, bool is_many) {
        cost.take(is_many, host.store_cost(sent, options.scaled(5'120, 256)));
      });
    }
    members[sent] = report.add(cost.figure);
  }
  return members;
}

json::object measure_engine(const Options& options, Report& report, const std::function<Database()>& database) {
  const std::size_t many = std::min<std::size_t>(options.scaled(1'000'000, 10 * few), 1'000'000);
  Pair pair{WaitingHost(database(), few), WaitingHost(database(), many)};
  report.note("with " + std::to_string(few) + " and with " + std::to_string(many) + ", which came in " +
              std::to_string(std::lround(pair.many.filling_seconds())) + " s");
  Growth serves{"start until it serves", "ms", false};
  Growth sends{"start until the first code is at its provider", "ms", false};
  pair.run(0, [&](WaitingHost& host, bool is_many) {
    const auto start = host.start();
    serves.take(is_many, start.serves_ms);
    sends.take(is_many, start.sends_ms);
  });
  json::object members;
  members["host"] = measure_host(options, report, pair);
  report.add(serves.figure);
  report.add(sends.figure);
  measure_answers(options, report, pair);
  pair.few.stop();
  pair.many.stop();
  members["store"] = measure_store(options, report, pair);
  return members;
}

}  // namespace

json::object run_waiting(const Options& options, Report& report) {
  json::object members;
  report.begin("messages that wait, SQLite", "the same with 1 thousand");
  members["sqlite"] = measure_engine(options, report, [] { return Database(); });
  std::optional<test::PostgresServer> server;
  try {
    server.emplace(test::PostgresServer::Durability::disk);
  } catch (const std::runtime_error& error) {
    report.note("PostgreSQL: " + std::string(error.what()));
  }
  if (server) {
    report.begin("messages that wait, PostgreSQL on the same machine", "the same with 1 thousand");
    members["postgresql"] = measure_engine(options, report, [&] {
      return Database{server->new_database(), server->pid()};
    });
  }
  return {{"ratioWaiting", std::move(members)}};
}

}  // namespace messenger::benchmark
