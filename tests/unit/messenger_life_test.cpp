// SPDX-License-Identifier: Apache-2.0
// Stored messengers over time: restarts, plugins that come and go, and a store that fails.
#include <sys/resource.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <filesystem>
#include <thread>

#include "host_fixture.hpp"
#include "print_outcome.hpp"
#include "raw_server.hpp"

using namespace messenger::test;
using messenger::loader::Outcome;

namespace {

namespace fs = std::filesystem;

constexpr const char* id = "f49c3b86-91fe-48f7-ae46-d166eead0166";
const std::string one = std::string("/api/messenger/") + id;

messenger::host::OutgoingMessage message() {
  messenger::host::OutgoingMessage message;
  message.id = "0e0e0e0e-0000-0000-0000-000000000001";
  message.to = "+15551230001";
  message.body = "Hello";
  return message;
}

/// Counts what it is sent and says 200.
struct Receiver : RawServer {
  Receiver()
      : RawServer([](Connection& connection) {
          while (!connection.read_request().empty()) {
            connection.answer();
          }
        }) {}
};

std::string minimal(const std::string& url) {
  return json::serialize(json::object{{"messenger", {{"name", "Minimal"}, {"type", "Minimal"}, {"url", url}}}});
}

void drop_plugin_into(const fs::path& directory) {
  fs::copy_file(fs::path(MESSENGER_EXAMPLE_DIR) / "minimal_messenger.so", directory / "minimal_messenger.so");
}

/// A plugin directory that is empty at first.
struct Directory {
  TemporaryDirectory temporary;
  fs::path path = temporary.path("");
};

/// No file grows within this; what tries to gets an error.
class NoFileGrows {
 public:
  explicit NoFileGrows(std::uintmax_t size) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit tight{size, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &tight);
  }
  NoFileGrows(const NoFileGrows&) = delete;
  NoFileGrows& operator=(const NoFileGrows&) = delete;
  ~NoFileGrows() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

// What the store keeps and what is in force, by what a message is answered through it.
std::string state(Host& host) {
  const auto answer = host.call("GET", one);
  const auto in_force = host.runtime().registry().messengers();
  const bool listed = std::any_of(in_force.begin(), in_force.end(), [](const auto& info) { return info.id == id; });
  return (answer.status == 200 ? answer.body : "none") + (listed ? " in force" : " not in force");
}

}  // namespace

BOOST_AUTO_TEST_CASE(messengers_are_there_and_in_force_after_a_restart) {
  Receiver receiver;
  Host host;
  host.ok("POST", one, generic({{"url", receiver.url()}}));
  const std::string before = state(host);
  host.restart();
  BOOST_TEST(state(host) == before);
  BOOST_TEST(host.send(id, message()).outcome == Outcome::ok);
  BOOST_TEST(receiver.requests().size() == 1U);
  host.call("DELETE", one);
  host.restart();
  BOOST_TEST(state(host) == "none not in force");
}

BOOST_AUTO_TEST_CASE(a_changed_messenger_is_in_force_at_once) {
  Receiver first, second;
  Host host;
  host.ok("POST", one, generic({{"url", first.url()}}));
  host.ok("PUT", one, generic({{"url", second.url()}}));
  BOOST_TEST(host.send(id, message()).outcome == Outcome::ok);
  BOOST_TEST(first.requests().empty());
  BOOST_TEST(second.requests().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_plugin_dropped_into_the_directory_is_served_at_once) {
  Receiver receiver;
  Directory plugins;
  Host host({plugins.path});
  BOOST_TEST(host.refused("POST", one, minimal(receiver.url())) ==
             "[invalid]messenger.type Expected the type field to be one of [Generic, Twilio], but found [Minimal]\n");
  drop_plugin_into(plugins.path);
  host.ok("POST", one, minimal(receiver.url()));
  BOOST_TEST(host.send(id, message()).outcome == Outcome::ok);
  BOOST_TEST(receiver.requests().size() == 1U);
  BOOST_TEST(
      host.refused("POST", "/api/messenger", R"({"messenger":{"type":"X","name":"x"}})") ==
      "[invalid]messenger.type Expected the type field to be one of [Generic, Minimal, Twilio], but found [X]\n");
}

BOOST_AUTO_TEST_CASE(one_without_its_plugin_stays_listed_and_is_config) {
  Directory plugins;
  drop_plugin_into(plugins.path);
  Host host({plugins.path});
  host.ok("POST", one, minimal("http://127.0.0.1:9"));
  host.stop();
  fs::remove(plugins.path / "minimal_messenger.so");
  host.start();
  BOOST_TEST(host.ok("GET", one).at("messenger").at("type") == "Minimal");
  BOOST_TEST(host.send(id, message()).outcome == Outcome::config);
  const auto events = host.events();
  BOOST_TEST_REQUIRE(events.size() == 2U);
  BOOST_TEST(events[0].at("type") == "Error");
  const std::string text(events[0].at("message").as_string());
  BOOST_TEST(text.starts_with("The messenger " + std::string(id) + " is not in force; nothing is sent through it."),
             text);
  BOOST_TEST(text.find("no plugin for the type \"Minimal\"") != std::string::npos, text);
  drop_plugin_into(plugins.path);
  host.ok("PUT", one, minimal("http://127.0.0.1:9"));
  BOOST_TEST(state(host).ends_with(" in force"));
}

BOOST_AUTO_TEST_CASE(one_whose_plugin_comes_after_the_start_is_in_force_with_the_next_message_or_test) {
  for (const bool by_test : {false, true}) {
    Receiver receiver;
    Directory plugins;
    drop_plugin_into(plugins.path);
    Host host({plugins.path});
    host.ok("POST", one, minimal(receiver.url()));
    host.stop();
    fs::remove(plugins.path / "minimal_messenger.so");
    host.start();
    BOOST_TEST(host.send(id, message()).outcome == Outcome::config);
    drop_plugin_into(plugins.path);
    if (by_test) {
      host.ok("POST", one + "/test", R"({"message":{"phoneNumber":"+15551230001"}})");
      BOOST_TEST(state(host).ends_with(" in force"));
    }
    BOOST_TEST(host.send(id, message()).outcome == Outcome::ok);
    BOOST_TEST(receiver.requests().size() == (by_test ? 2U : 1U));
  }
}

BOOST_AUTO_TEST_CASE(an_unknown_type_is_looked_for_without_a_word_and_not_again_and_again) {
  const CapturedLog log;
  Host host;
  const auto ask = [&] { host.refused("POST", "/api/messenger", R"({"messenger":{"type":"Nope","name":"x"}})"); };
  for (int i = 0; i < 3; ++i) {
    ask();
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(1'100));
  ask();
  const std::string text = log.text();
  std::size_t lines = 0;
  for (std::size_t at = 0; (at = text.find("info loaded", at)) != std::string::npos; ++at) {
    ++lines;
  }
  BOOST_TEST(lines == host.runtime().plugins().size());
}

BOOST_AUTO_TEST_CASE(a_plugin_that_hangs_holds_up_nobody_but_who_changes_messengers) {
  Host host({MESSENGER_PARROT_DIR});
  const auto parrot = [](const std::string& username) {
    return json::serialize(json::object{
        {"messenger", {{"name", "n"}, {"type", "Parrot"}, {"url", "http://127.0.0.1:9"}, {"username", username}}}});
  };
  host.ok("POST", one, parrot("fine"));
  std::array<std::thread, 2> changes{std::thread([&] { host.call("PUT", one, parrot("slow to check")); }),
                                     std::thread([&] { host.call("PUT", one, parrot("slow to configure")); })};
  std::chrono::steady_clock::duration longest{};
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(2'500);
  while (std::chrono::steady_clock::now() < end) {
    const auto began = std::chrono::steady_clock::now();
    host.store().transact([](messenger::host::Transaction&) {});
    longest = std::max(longest, std::chrono::steady_clock::now() - began);
  }
  for (std::thread& change : changes) {
    change.join();
  }
  BOOST_TEST((longest < std::chrono::milliseconds(500)));
}

BOOST_AUTO_TEST_CASE(one_whose_configuration_is_now_refused_stays_listed_and_is_config) {
  using namespace messenger::host;
  Host host;
  NewDocument odd{id, R"({"name":"n","type":"Generic","url":"nonsense"})", {"n"}, {}};
  host.store().transact([&](Transaction& transaction) { transaction.documents.put(Kind::messenger, odd); });
  host.restart();
  BOOST_TEST(host.ok("GET", one).at("messenger").at("url") == "nonsense");
  BOOST_TEST(host.send(id, message()).outcome == Outcome::config);
  const auto events = host.events();
  BOOST_TEST_REQUIRE(events.size() == 2U);
  BOOST_TEST(std::string(events[0].at("message").as_string()).find("url must start with") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_plugin_that_quotes_a_secret_that_it_refuses_is_masked) {
  using namespace messenger::host;
  const CapturedLog log;
  messenger::test::Host host({MESSENGER_PARROT_DIR});
  const NewDocument refused{
      id,
      R"({"name":"n","type":"Parrot","url":"http://a","username":"refused","password":"canary-password"})",
      {"n"},
      {}};
  host.store().transact([&](Transaction& transaction) { transaction.documents.put(Kind::messenger, refused); });
  host.restart();
  const auto events = host.events();
  BOOST_TEST_REQUIRE(events.size() == 1U);
  const std::string text(events[0].at("message").as_string());
  BOOST_TEST(text.ends_with("password: The password *** is bad."), text);
  BOOST_TEST(log.text().find("canary") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_stored_is_not_in_force_either) {
  Receiver old_receiver, new_receiver;
  Host host;
  const auto refuses = [&](const std::string& method, const std::string& body) {
    const NoFileGrows full(fs::file_size(host.database().file + "-wal"));
    return host.call(method, one, body).status;
  };
  const json::object large{{"filler", std::string(200'000, 'x')}};
  host.ok("POST", "/api/messenger", twilio());  // so that there is a log to grow
  BOOST_TEST(refuses("POST", generic({{"data", large}})) == 500U);
  BOOST_TEST(state(host) == "none not in force");
  host.ok("POST", one, generic({{"url", old_receiver.url()}}));
  const std::string before = state(host);
  BOOST_TEST(refuses("PUT", generic({{"url", new_receiver.url()}, {"data", large}})) == 500U);
  BOOST_TEST(state(host) == before);
  BOOST_TEST(host.send(id, message()).outcome == Outcome::ok);
  BOOST_TEST(old_receiver.requests().size() == 1U);
  BOOST_TEST(new_receiver.requests().empty());
  BOOST_TEST(refuses("DELETE", {}) == 500U);
  BOOST_TEST(state(host) == before);
}

BOOST_AUTO_TEST_CASE(what_the_plugin_refuses_at_last_is_not_stored) {
  Host host;
  host.ok("POST", one, generic());
  const std::string before = state(host);
  // Only opening the endpoint shows that the host forbids the address.
  BOOST_TEST(host.refused("PUT", one, generic({{"url", "http://10.0.0.1/"}})).starts_with("[blocked]messenger.url "));
  BOOST_TEST(state(host) == before);
}

BOOST_AUTO_TEST_CASE(concurrent_changes_leave_store_and_registry_of_one_mind) {
  std::array<Receiver, 4> receivers;
  Host host;
  host.ok("POST", one, generic());
  std::vector<std::thread> writers;
  std::atomic<int> refused{0};
  for (Receiver& receiver : receivers) {
    writers.emplace_back([&, url = receiver.url()] {
      for (int i = 0; i < 10; ++i) {
        refused += host.call("PUT", one, generic({{"url", url}})).status == 200 ? 0 : 1;
      }
    });
  }
  for (std::thread& writer : writers) {
    writer.join();
  }
  BOOST_TEST(refused == 0);
  BOOST_TEST(host.send(id, message()).outcome == Outcome::ok);
  const std::string url(host.ok("GET", one).at("messenger").at("url").as_string());
  for (Receiver& receiver : receivers) {
    BOOST_TEST(receiver.requests().size() == (receiver.url() == url ? 1U : 0U));
  }
}

BOOST_AUTO_TEST_CASE(no_concurrent_patch_is_lost) {
  Host host;
  host.ok("POST", one, generic({{"data", json::object()}}));
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back(
        [&, i] { host.call("PATCH", one, R"({"messenger":{"data":{"m)" + std::to_string(i) + R"(":1}}})"); });
  }
  for (std::thread& writer : writers) {
    writer.join();
  }
  BOOST_TEST(host.ok("GET", one).at("messenger").at("data").as_object().size() == 8U);
}
