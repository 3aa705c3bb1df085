// SPDX-License-Identifier: Apache-2.0
// What a message costs in the store, on a database of its own or on one that is there already.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>

#include "postgres_server.hpp"
#include "runtime/uuid_text.hpp"
#include "store_costs/store_costs.hpp"

namespace json = boost::json;
using namespace messenger::benchmark;
using namespace messenger::host;

namespace {

const std::map<std::string, Sent> kinds{{"codes", Sent::codes}, {"ahead", Sent::ahead}, {"campaign", Sent::campaign}};

struct Settings {
  std::size_t messages = 20'000, group = 128, waiting = 0, warm = 0;
  Sent sent = Sent::codes;
  std::string directory = "/var/tmp", database, key_file;
  std::string codes = new_uuid(), campaign = new_uuid();
  pid_t server = 0;
  bool postgresql = false, keep = false, json = false, questions = false;
};

// Where the store is, made and removed here unless one was named.
class Place {
 public:
  explicit Place(const Settings& settings)
      : directory_(settings.database.empty()
                       ? std::filesystem::path(settings.directory) / ("store-costs-" + std::to_string(::getpid()))
                       : std::filesystem::path()),
        keep_(settings.keep) {
    if (directory_.empty()) {
      options.database = settings.database;
      options.key_file = settings.key_file;
      return;
    }
    std::filesystem::create_directory(directory_);
    options.key_file = directory_ / "key";
    if (settings.postgresql) {
      server_.emplace(messenger::test::PostgresServer::Durability::disk);
    }
    options.database = server_ ? server_->new_database() : "sqlite:" + (directory_ / "host.db").string();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    if (!directory_.empty() && !keep_) {
      std::error_code ignored;
      std::filesystem::remove_all(directory_, ignored);
    }
  }
  pid_t server() const { return server_ ? server_->pid() : 0; }

  StoreOptions options;

 private:
  std::filesystem::path directory_;
  bool keep_;
  std::optional<messenger::test::PostgresServer> server_;
};

void print_step(const char* name, const Spent& spent, std::size_t messages) {
  const auto count = static_cast<double>(messages);
  std::printf("%-8s %8.1f us CPU  %8.1f us wall  %7.0f bytes written a message, %6.0f units/s\n", name,
              spent.cpu_us / count, spent.wall_us / count, spent.bytes / count,
              1e6 * static_cast<double>(spent.units) / spent.wall_us);
}

void print(const StoreCosts& costs, const Settings& settings) {
  Spent all = costs.accepted;
  all += costs.leased;
  all += costs.recorded;
  if (settings.json) {
    const auto each = [&](const Spent& spent) { return spent.cpu_us / static_cast<double>(settings.messages); };
    std::cout << json::serialize(json::object{{"accept", each(costs.accepted)},
                                              {"lease", each(costs.leased)},
                                              {"record", each(costs.recorded)},
                                              {"all", each(all)},
                                              {"bytes", all.bytes / static_cast<double>(settings.messages)}})
              << '\n';
    return;
  }
  print_step("accept", costs.accepted, settings.messages);
  print_step("lease", costs.leased, settings.messages);
  print_step("record", costs.recorded, settings.messages);
  print_step("all", all, settings.messages);
}

void print_questions(Store& store, const Meter& meter) {
  const auto ask = [&](const char* name, auto question) {
    Spent spent;
    meter.run(spent, [&] { store.read([&](Transaction& transaction) { return question(transaction.outbox), 0; }); });
    std::printf("%-8s %8.0f us CPU  %8.0f us wall\n", name, spent.cpu_us, spent.wall_us);
  };
  ask("lanes", [](Outbox& outbox) { outbox.lanes(); });
  ask("times", [](Outbox& outbox) { outbox.times(); });
  ask("counts", [](Outbox& outbox) { outbox.counts(); });
  ask("changed", [](Outbox& outbox) { outbox.changed_to(MessageStage::sent, now_ms() - 3'600'000); });
  ask("search", [](Outbox& outbox) { outbox.search({}); });
  MessageSearch queued;
  queued.stages = {MessageStage::queued};
  ask("queued", [&](Outbox& outbox) { outbox.search(queued); });
}

int run(Settings settings) {
  settings.messages = (settings.messages + settings.group - 1) / settings.group * settings.group;
  const Place place(settings);
  Store store(place.options);
  const Meter meter(settings.server != 0 ? settings.server : place.server());
  {
    Spent filling;
    meter.run(filling, [&] { StoreCosts(store, {settings.codes, settings.campaign}, meter).fill(settings.waiting); });
    if (settings.waiting > 0 && !settings.json) {
      print_step("fill", filling, settings.waiting);
    }
  }
  StoreCosts(store, {settings.codes, settings.campaign}, meter).run(settings.sent, settings.warm, settings.group);
  StoreCosts costs(store, {settings.codes, settings.campaign}, meter);
  costs.run(settings.sent, settings.messages, settings.group);
  if (settings.messages > 0) {
    print(costs, settings);
  }
  if (settings.questions) {
    print_questions(store, meter);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  CLI::App app("What a message costs in the store");
  app.add_option("--messages", settings.messages, "How many are accepted, leased and recorded");
  app.add_option("--group", settings.group, "How many in a unit")->check(CLI::Range(1, 10'000));
  app.add_option("--warm", settings.warm, "How many before, which are not measured");
  app.add_option("--waiting", settings.waiting,
                 "How many more wait from then on: half a campaign that is due, the others due tomorrow in 17 lanes");
  app.add_option("--sent", settings.sent, "Which lane is sent: codes, ahead (of what waits in it) or the campaign")
      ->transform(CLI::CheckedTransformer(kinds));
  app.add_option("--directory", settings.directory, "Where the SQLite file is made");
  app.add_option("--database", settings.database, "A database that is kept, as messenger-host takes it");
  app.add_option("--key-file", settings.key_file, "Of this database");
  app.add_option("--codes", settings.codes, "The id of the messenger of codes");
  app.add_option("--campaign", settings.campaign, "The id of the campaign's");
  app.add_option("--server", settings.server, "PostgreSQL's process, whose processor time counts, too");
  app.add_flag("--postgresql", settings.postgresql, "On a PostgreSQL server of its own");
  app.add_flag("--questions", settings.questions, "And what the dispatcher and operators ask for");
  app.add_flag("--keep", settings.keep, "Leave the SQLite file");
  app.add_flag("--json", settings.json, "Print one line of JSON");
  CLI11_PARSE(app, argc, argv);
  try {
    return run(settings);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
