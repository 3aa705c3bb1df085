// SPDX-License-Identifier: Apache-2.0
// Hosts that are killed, stopped and cut off from their database, a provider that fails, and thousands of messages:
// afterwards each has one final state, none is lost, and none has reached the provider twice.
#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/system/system_error.hpp>
#include <exception>
#include <iostream>
#include <optional>

#include "api_client.hpp"
#include "certificate.hpp"
#include "chaos.hpp"
#include "load.hpp"
#include "postgres_server.hpp"
#include "simulator/simulator.hpp"
#include "verdict.hpp"

using namespace messenger;
namespace json = boost::json;

namespace {

std::string id_in(const test::ApiAnswer& answer, const char* member) {
  if (answer.status != 200) {
    throw std::runtime_error("The host refused its set-up: " + std::to_string(answer.status) + " " + answer.body);
  }
  return std::string(answer.json().at(member).at("id").as_string());
}

std::string messenger(const std::string& name, const std::string& provider, char account) {
  return json::serialize(json::object{{"messenger", json::object{{"type", "Twilio"},
                                                                 {"name", name},
                                                                 {"url", provider},
                                                                 {"accountSID", "AC" + std::string(32, account)},
                                                                 {"authToken", "token"},
                                                                 {"fromPhoneNumber", "+15005550006"}}}});
}

crash::Load::Routes set_up(const std::string& host, const std::string& provider) {
  test::ApiClient client(host, crash::api_key);
  const std::string first = id_in(client.post("/api/messenger", messenger("First", provider, 'a')), "messenger");
  const std::string second = id_in(client.post("/api/messenger", messenger("Second", provider, 'b')), "messenger");
  json::array carriers;
  for (const std::string& id : {first, second}) {
    carriers.push_back(json::object{{"messengerId", id}});
  }
  const json::object type{{"messageType", json::object{{"name", "Either"}, {"messengers", std::move(carriers)}}}};
  return {first, id_in(client.post("/api/message/type", json::serialize(type)), "messageType")};
}

std::map<std::string, int> arrivals(simulator::Simulator& provider) {
  std::map<std::string, int> count;
  for (const json::value& message : provider.messages()) {
    ++count[std::string(message.at("body").as_string())];
  }
  return count;
}

// One of them may strike this very request.
void end_faults(const std::string& provider) {
  for (int left = 100;; --left) {
    try {
      test::ApiClient(provider).call("DELETE", "/simulator/faults");
      return;
    } catch (const boost::system::system_error&) {
      if (left == 0) {
        throw;
      }
    }
  }
}

void report(const crash::Plan& plan, const crash::Verdict& verdict, const std::map<std::string, int>& harm,
            std::size_t repeated) {
  std::cout << "seed " << plan.seed << ": " << plan.messages << " messages, " << verdict.arrived << " arrived;";
  for (const auto& [stage, count] : verdict.stages) {
    std::cout << ' ' << stage << ' ' << count;
  }
  for (const auto& [kind, times] : harm) {
    std::cout << "; " << kind << ' ' << times;
  }
  std::cout << "; accepted again under their keys " << repeated << std::endl;
  for (const std::string& wrong : verdict.wrongs) {
    std::cout << "  " << wrong << std::endl;
  }
}

// Everything of one run; true when every promise was kept.
bool run(const crash::Plan& plan, const std::string& directory) {
  std::cout << "seed " << plan.seed << " begins" << std::endl;
  std::optional<test::PostgresServer> server;
  if (plan.postgresql) {
    server.emplace();
  }
  simulator::Options options;
  options.step = std::chrono::milliseconds(20);
  simulator::Simulator provider(options);
  provider.start();
  const std::string database = server ? server->url() : "sqlite:" + directory + "/host.db";
  crash::Fleet fleet(database, directory + "/host.key", directory, plan.hosts);
  for (std::size_t host = 0; host < plan.hosts; ++host) {
    fleet.start(host);
  }
  crash::Load load(plan, fleet, set_up(fleet.url(0), provider.url()));
  crash::Chaos chaos(
      plan, fleet, [&](const std::string& rule) { provider.add_fault(rule); },
      server ? std::function<void()>([&] { server->restart(); }) : nullptr);
  chaos.run_until([&load] { return load.is_over(); });
  const auto ids = load.finish();
  end_faults(provider.url());
  host::Store store(host::StoreOptions{database, directory + "/host.key"});
  const bool settled = crash::wait_until_settled(store, std::chrono::seconds(90));
  const bool stopped = fleet.stop();
  auto verdict = crash::judge(store, ids, arrivals(provider));
  if (!settled) {
    verdict.wrongs.emplace_back("Not all were settled in time.");
  }
  if (!stopped) {
    verdict.wrongs.emplace_back("A host did not stop well.");
  }
  report(plan, verdict, chaos.done(), load.repeated());
  return verdict.wrongs.empty();
}

}  // namespace

int main(int argc, char** argv) {
  crash::Plan plan;
  plan.seed = std::random_device{}();
  double seconds = 12, minutes = 0;
  std::string database = "postgresql", keep;
  CLI::App app("Kills hosts while messages are sent, and counts.", "messenger-crash");
  app.add_option("--seed", plan.seed, "Of all that is by chance; printed")->capture_default_str();
  app.add_option("--messages", plan.messages, "That are handed in")->capture_default_str();
  app.add_option("--hosts", plan.hosts, "On one database; SQLite: 1")->capture_default_str();
  app.add_option("--seconds", seconds, "Over which they are handed in")->capture_default_str();
  app.add_option("--database", database, "postgresql or sqlite")->check(CLI::IsMember({"postgresql", "sqlite"}));
  app.add_option("--minutes", minutes, "Go on with the next seeds for so long")->capture_default_str();
  app.add_option("--keep", keep, "A directory that keeps the hosts' logs and the SQLite database; made anew");
  CLI11_PARSE(app, argc, argv);
  plan.postgresql = database == "postgresql";
  plan.hosts = plan.postgresql ? plan.hosts : 1;
  plan.load = std::chrono::milliseconds(static_cast<long>(seconds * 1'000));
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double, std::ratio<60>>(minutes);
  bool well = true;
  try {
    do {
      const test::TemporaryDirectory directory;
      if (!keep.empty()) {
        std::filesystem::remove_all(keep);
        std::filesystem::create_directories(keep);
      }
      well = run(plan, keep.empty() ? directory.path("") : keep) && well;
      ++plan.seed;
    } while (well && std::chrono::steady_clock::now() < end);
  } catch (const std::exception& error) {
    std::cerr << "messenger-crash: " << error.what() << '\n';
    return 1;
  }
  return well ? 0 : 1;
}
