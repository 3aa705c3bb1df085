// SPDX-License-Identifier: Apache-2.0
// What a message costs in the store: accepted, leased and recorded with its provider's id, in groups, each group a unit
// that is durable. CPU is this process's: of SQLite all that there is, of PostgreSQL the client's part only.
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "delivery/receipt_book.hpp"
#include "postgres_server.hpp"
#include "runtime/uuid_text.hpp"
#include "store/store.hpp"

using namespace messenger::host;

namespace {

struct Settings {
  std::size_t messages = 20'000, group = 128, waiting = 0;
  std::string directory = "/var/tmp";
  bool postgresql = false, keys = false, keep = false;
};

struct Reading {
  double cpu_us = 0, wall_us = 0, bytes = 0;
};

// "wchar" counts what is written by system calls: the log, and what goes from it into the file.
double bytes_written() {
  std::ifstream io("/proc/self/io");
  std::string name;
  double value = 0;
  while (io >> name >> value) {
    if (name == "wchar:") {
      return value;
    }
  }
  return 0;
}

double microseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

Reading read() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto wall = std::chrono::steady_clock::now().time_since_epoch();
  return {microseconds(usage.ru_utime) + microseconds(usage.ru_stime),
          std::chrono::duration<double, std::micro>(wall).count(), bytes_written()};
}

/// One step of all messages, by what it costs.
struct Step {
  const char* name;
  Reading spent = {};
  std::size_t units = 0;

  template <class Work>
  void run(Work work) {
    const Reading before = read();
    work();
    const Reading after = read();
    spent.cpu_us += after.cpu_us - before.cpu_us;
    spent.wall_us += after.wall_us - before.wall_us;
    spent.bytes += after.bytes - before.bytes;
    ++units;
  }
  void print(std::size_t messages) const {
    const auto count = static_cast<double>(messages);
    std::printf("%-8s %8.1f us CPU  %8.1f us wall  %7.0f bytes written a message, %6.0f units/s\n", name,
                spent.cpu_us / count, spent.wall_us / count, spent.bytes / count,
                1e6 * static_cast<double>(units) / spent.wall_us);
  }
};

class Costs {
 public:
  Costs(Store& store, const Settings& settings) : store_(store), settings_(settings) {}

  void run() {
    wait_many();
    for (std::size_t done = 0; done < settings_.messages; done += settings_.group) {
      accept_.run([&] { add(settings_.group, now_ms()); });
      std::vector<OutboxMessage> leased;
      lease_.run([&] { leased = lease(); });
      if (leased.size() != settings_.group) {
        throw std::runtime_error("Not all of the group was leased.");
      }
      auto updates = updates_of(leased);
      record_.run([&] { record(updates); });
    }
  }
  void print() const {
    Step all{"all"};
    for (const Step* step : {&accept_, &lease_, &record_}) {
      step->print(settings_.messages);
      all.spent.cpu_us += step->spent.cpu_us;
      all.spent.wall_us += step->spent.wall_us;
      all.spent.bytes += step->spent.bytes;
      all.units += step->units;
    }
    all.print(settings_.messages);
  }
  void print_questions() {
    ask("lanes", [](Outbox& outbox) { outbox.lanes(); });
    ask("times", [](Outbox& outbox) { outbox.times(); });
    ask("counts", [](Outbox& outbox) { outbox.counts(); });
    ask("changed", [](Outbox& outbox) { outbox.changed_to(MessageStage::sent, now_ms() - 3'600'000); });
  }

 private:
  static constexpr std::int64_t day = 86'400'000;

  // Due later, in the same lane.
  void wait_many() {
    for (std::size_t done = 0; done < settings_.waiting; done += 1'000) {
      add(1'000, now_ms() + day);
    }
  }

  NewMessage message(std::int64_t due) {
    NewMessage message;
    message.id = new_ordered_uuid();
    message.route = messenger_route(messenger_);
    message.destination = "+1555" + std::to_string(1'000'000 + chance_() % 9'000'000);
    message.envelope = R"({"to":")" + message.destination + R"(","locale":"en","requestId":")" + new_uuid() + R"("})";
    message.content =
        R"({"body":")" + std::string(100, 'x') + R"(","attributes":[["userId",")" + messenger_ + R"("]]})";
    message.due = due;
    message.expires = now_ms() + 2 * day;
    message.idempotency_key = settings_.keys ? new_uuid() : std::string();
    message.request_digest = digest_;
    return message;
  }
  void add(std::size_t count, std::int64_t due) {
    std::vector<SealedMessage> messages;
    messages.reserve(count);
    for (std::size_t i = 0; i != count; ++i) {
      messages.push_back(store_.seal(message(due)));
    }
    store_.transact([&](Transaction& transaction) { transaction.outbox.add(messages); }, Sharing::rows);
  }
  std::vector<OutboxMessage> lease() {
    const std::string holder = new_uuid();
    std::vector<OutboxMessage> messages;
    for (LeasedMessage& leased : store_.with(
             [&](Transaction& transaction) {
               return transaction.outbox.lease("1||" + messenger_route(messenger_), settings_.group, now_ms(),
                                               {holder, now_ms() + day});
             },
             Sharing::rows)) {
      messages.push_back(store_.open(std::move(leased)));
    }
    return messages;
  }
  std::vector<MessageUpdate> updates_of(const std::vector<OutboxMessage>& leased) {
    std::vector<MessageUpdate> updates;
    for (const OutboxMessage& message : leased) {
      MessageUpdate update;
      update.id = message.id;
      update.change = {now_ms(), MessageStage::sent, message.attempts, messenger_, "OK", "Accepted by the provider."};
      update.provider_id = "SM" + store_.digest("provider", message.id).substr(0, 32);
      updates.push_back(std::move(update));
    }
    return updates;
  }
  // As the recorder does.
  void record(std::vector<MessageUpdate>& updates) {
    std::vector<ProviderKey> keys;
    for (const MessageUpdate& update : updates) {
      keys.push_back({update.change.messenger_id, update.provider_id});
    }
    store_.transact(
        [&](Transaction& transaction) {
          ReceiptBook::hold(transaction, keys);
          auto known = ReceiptBook::known(transaction, keys);
          for (std::size_t i = 0; i != keys.size(); ++i) {
            if (ReceiptBook::claim(known, keys[i], updates[i].id) == nullptr) {
              throw std::runtime_error("A provider's id is another message's.");
            }
          }
          const auto counted = transaction.outbox.record(updates);
          if (std::count(counted.begin(), counted.end(), true) != static_cast<std::ptrdiff_t>(updates.size())) {
            throw std::runtime_error("A send was not recorded.");
          }
        },
        Sharing::rows);
  }
  template <class Question>
  void ask(const char* name, Question question) {
    Step step{name};
    step.run([&] { store_.read([&](Transaction& transaction) { return question(transaction.outbox), 0; }); });
    std::printf("%-8s %8.0f us CPU  %8.0f us wall\n", name, step.spent.cpu_us, step.spent.wall_us);
  }

  Store& store_;
  const Settings& settings_;
  std::mt19937_64 chance_{1};
  const std::string messenger_ = new_uuid(), digest_ = store_.digest("message request", "text");
  Step accept_{"accept"}, lease_{"lease"}, record_{"record"};
};

int run(const Settings& settings) {
  const std::filesystem::path directory =
      std::filesystem::path(settings.directory) / ("store-costs-" + std::to_string(::getpid()));
  std::filesystem::create_directory(directory);
  StoreOptions options;
  options.database = settings.postgresql ? messenger::test::PostgresServer::shared().new_database()
                                         : "sqlite:" + (directory / "host.db").string();
  options.key_file = directory / "key";
  {
    Store store(options);
    Costs costs(store, settings);
    costs.run();
    std::printf("%s, %zu messages in groups of %zu, %zu waiting behind them\n",
                settings.postgresql ? "PostgreSQL" : "SQLite", settings.messages, settings.group, settings.waiting);
    costs.print();
    costs.print_questions();
  }
  if (!settings.keep) {
    std::filesystem::remove_all(directory);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  CLI::App app("What a message costs in the store");
  app.add_option("--messages", settings.messages, "How many are accepted, leased and recorded");
  app.add_option("--group", settings.group, "How many in a unit");
  app.add_option("--waiting", settings.waiting, "How many more wait in the same lane");
  app.add_option("--directory", settings.directory, "Where the SQLite file is made");
  app.add_flag("--keys", settings.keys, "Each message has an idempotency key");
  app.add_flag("--postgresql", settings.postgresql, "On a PostgreSQL server of its own");
  app.add_flag("--keep", settings.keep, "Leave the SQLite file");
  CLI11_PARSE(app, argc, argv);
  try {
    settings.messages = (settings.messages + settings.group - 1) / settings.group * settings.group;
    return run(settings);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
