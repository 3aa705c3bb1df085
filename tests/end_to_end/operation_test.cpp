// SPDX-License-Identifier: Apache-2.0
// `messenger-host serve` as whoever operates it sees it: messages over its socket, the queue, metrics, new settings.
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <thread>

#include "postgres_server.hpp"
#include "served_host.hpp"

using namespace messenger::test;

namespace {

const std::string canary = "canary-body-8d1f";
const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Whether it comes to this within ten seconds.
bool soon(const std::function<bool()>& is_so) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > end) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

/// A host with a Twilio messenger, and its provider.
struct Site {
  explicit Site(const std::vector<std::string>& more = {}) {
    host.emplace(directory, more);
    client.emplace(host->url(), key);
    const auto made = client->post("/api/messenger", twilio(provider.url));
    BOOST_TEST_REQUIRE(made.status == 200U, made.body);
    messenger = text(made.json().at("messenger").at("id"));
  }

  std::string body(const std::string& to = phone) const {
    return json::serialize(
        json::object{{"message", json::object{{"to", to}, {"body", canary}, {"messengerId", messenger}}}});
  }
  std::string send(const std::string& to = phone) {
    const auto answer = client->post("/api/message/send", body(to));
    BOOST_TEST_REQUIRE(answer.status == 202U, answer.body);
    return text(answer.json().at("message").at("id"));
  }
  json::object find(const std::string& id) {
    return client->get("/api/message/" + id).json().at("message").as_object();
  }
  bool becomes(const std::string& id, const std::string& state) {
    return soon([&] { return text(find(id).at("state")) == state; });
  }
  void fault(const std::string& rule) { ApiClient(provider.url).post("/simulator/faults", rule); }
  Finished queue(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments{bin + "/messenger-host", "queue", "--database",
                                       "sqlite:" + directory.path("host.db")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }

  TemporaryDirectory directory;
  Provider provider;
  std::optional<Host> host;
  std::optional<ApiClient> client;
  std::string messenger;
};

/// What the log has said so far is read at the end only.
std::string log_of(Site& site) {
  const auto stopped = site.host->stop();
  BOOST_TEST(stopped.status == 0);
  return stopped.err;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_message_is_sent_through_twilio_with_the_trace_of_its_request) {
  Site site;
  const auto answer = site.client->call("POST", "/api/message/send", site.body(), {{"traceparent", trace}});
  BOOST_TEST_REQUIRE(answer.status == 202U, answer.body);
  const std::string id = text(answer.json().at("message").at("id"));
  BOOST_TEST_REQUIRE(site.becomes(id, "sent"));
  const auto requests = ApiClient(site.provider.url).get("/simulator/requests?path=/2010").json();
  BOOST_TEST(text(requests.at("requests").at(0).at("headers").at("traceparent")) == trace);
  const auto message = site.find(id);
  BOOST_TEST(!text(message.at("providerId")).empty());
  const std::string log = log_of(site);
  for (const std::string& secret : {canary, phone, std::string("canary-token-8d1f")}) {
    BOOST_TEST(!has(json::serialize(message) + log, secret), secret);
    BOOST_TEST(!has(contents(site.directory.path("host.db")), secret), secret);
  }
}

BOOST_AUTO_TEST_CASE(a_code_goes_with_the_trace_of_the_request_for_it) {
  const TemporaryDirectory directory;
  const Provider provider;
  Host host(directory);
  auto client = host.client();
  set_up_two_factor(client, provider.url);
  const auto login = start_login(client);
  const auto sent = ApiClient(host.url())
                        .call("POST", "/api/two-factor/send/" + login.id, R"({"methodId":")" + login.method + R"("})",
                              {{"traceparent", trace}});
  BOOST_TEST(sent.status == 200U, sent.body);
  const auto requests = ApiClient(provider.url).get("/simulator/requests?path=/2010").json();
  BOOST_TEST(text(requests.at("requests").at(0).at("headers").at("traceparent")) == trace);
}

BOOST_AUTO_TEST_CASE(a_message_is_called_off_found_and_sent_anew_over_the_socket) {
  Site site;
  site.fault(R"({"path":"/2010","fault":{"status":429},"times":0})");
  const std::string id = site.send();
  BOOST_TEST_REQUIRE(soon([&] {
    const auto message = site.find(id);
    return message.at("attempts").as_int64() > 0 && text(message.at("state")) == "queued";
  }));
  BOOST_TEST(site.client->post("/api/message/" + id + "/cancel", "{}").status < 203U);
  BOOST_TEST_REQUIRE(site.becomes(id, "cancelled"));
  const auto found = site.client->post("/api/message/search", R"({"search":{"to":")" + phone + R"("}})");
  BOOST_TEST(text(found.json().at("messages").at(0).at("id")) == id);
  BOOST_TEST(!has(found.body, phone));
  ApiClient(site.provider.url).call("DELETE", "/simulator/faults");
  const auto resent = site.client->post("/api/message/" + id + "/resend", "{}");
  BOOST_TEST_REQUIRE(resent.status == 202U, resent.body);
  BOOST_TEST(site.becomes(text(resent.json().at("message").at("id")), "sent"));
  BOOST_TEST(ApiClient(site.provider.url).get("/simulator/messages").json().at("messages").as_array().size() == 1U);
}

BOOST_AUTO_TEST_CASE(with_receipts_a_message_is_delivered) {
  const TemporaryDirectory directory;
  // The address has to be known before the host starts, so it is another start's that is over.
  std::string listen;
  { listen = Host(directory).url().substr(7); }
  Site site({"--listen", listen, "--public-url", "http://" + listen});
  const std::string id = site.send();
  BOOST_TEST(site.becomes(id, "delivered"));
  const auto history = site.find(id).at("history").as_array();
  BOOST_TEST(text(history.back().at("state")) == "delivered");
}

BOOST_AUTO_TEST_CASE(the_queue_command_tells_beside_a_host_and_without_one) {
  Site site;
  BOOST_TEST_REQUIRE(site.becomes(site.send(), "sent"));
  site.fault(R"({"path":"/2010","fault":{"status":400}})");
  const std::string dead = site.send();
  BOOST_TEST_REQUIRE(site.becomes(dead, "failed"));
  const auto beside = site.queue();
  BOOST_TEST(beside.status == 0, beside.err);
  BOOST_TEST(has(beside.out, "1 sent notice"), beside.out);
  BOOST_TEST(has(beside.out, "0 waiting; 1 dead"), beside.out);
  BOOST_TEST(has(beside.out, "Last minute:  1 sent  1 failed"), beside.out);
  BOOST_TEST(site.host->stop().status == 0);
  const auto letters = site.queue({"--dead"});
  BOOST_TEST(has(letters.out, dead), letters.out);
  BOOST_TEST(has(letters.out, "failed"), letters.out);
  const auto as_json = json::parse(site.queue({"--json", "--dead", "--limit", "1"}).out).at("queue");
  BOOST_TEST(text(as_json.at("deadLetters").at(0).at("id")) == dead);
  BOOST_TEST(as_json.at("lastHour").at("sent") == 1);
  for (const std::string& output : {beside.out, letters.out, json::serialize(as_json)}) {
    BOOST_TEST((!has(output, phone) && !has(output, canary)), output);
  }
  const auto nowhere =
      run({bin + "/messenger-host", "queue", "--database", "sqlite:" + site.directory.path("mistyped.db")});
  BOOST_TEST(nowhere.status == 2);
  BOOST_TEST(!std::filesystem::exists(site.directory.path("mistyped.db")));
}

BOOST_AUTO_TEST_CASE(the_database_may_be_named_in_the_environment) {
  const TemporaryDirectory directory;
  const std::string variable = "MESSENGER_HOST_DATABASE=sqlite:" + directory.path("host.db");
  { BOOST_TEST(Host(directory).stop().status == 0); }
  BOOST_TEST(run({bin + "/messenger-host", "queue"}, {variable}).status == 0);
  BOOST_TEST(run({bin + "/messenger-host", "key", "list"}, {variable}).status == 0);
  BOOST_TEST(run({bin + "/messenger-host", "queue"}).status == 2);
}

BOOST_AUTO_TEST_CASE(a_postgresql_database_with_its_password_is_named_in_the_environment) {
  const TemporaryDirectory directory;
  auto& server = PostgresServer::shared();
  const std::vector<std::string> environment{"MESSENGER_HOST_API_KEY=" + key,
                                             "MESSENGER_HOST_DATABASE=" + server.new_database()};
  std::vector<std::string> serve{bin + "/messenger-host", "serve",       "--listen",      "127.0.0.1:0",
                                 "--allow-ranges",        "127.0.0.0/8", "--http-ranges", "127.0.0.0/8"};
  const auto without_key = run(serve, environment);
  BOOST_TEST(without_key.status == 2);
  BOOST_TEST(has(without_key.err, "key file"), without_key.err);
  const std::vector<std::string> key_file{"--key-file", directory.path("key")};
  serve.insert(serve.end(), key_file.begin(), key_file.end());
  const Provider provider;
  Process process(serve, environment);
  const std::string line = process.read_line();
  ApiClient client(line.substr(line.rfind(' ') + 1), key);
  const auto made = client.post("/api/messenger", twilio(provider.url));
  BOOST_TEST_REQUIRE(made.status == 200U, made.body);
  const json::object message{{"to", phone}, {"body", canary}, {"messengerId", made.json().at("messenger").at("id")}};
  const auto sent = client.post("/api/message/send", json::serialize(json::object{{"message", message}}));
  BOOST_TEST_REQUIRE(sent.status == 202U, sent.body);
  const std::string path = "/api/message/" + text(sent.json().at("message").at("id"));
  BOOST_TEST(soon([&] { return text(client.get(path).json().at("message").at("state")) == "sent"; }));
  const auto queue = run({bin + "/messenger-host", "queue", "--key-file", directory.path("key")}, environment);
  BOOST_TEST(has(queue.out, "1 sent notice"), queue.out + queue.err);
  process.signal(SIGTERM);
  const auto stopped = process.wait();
  BOOST_TEST(stopped.status == 0);
  for (const std::string& secret : {server.password(), phone, canary}) {
    BOOST_TEST(!has(without_key.err + queue.out + queue.err + stopped.err + stopped.out, secret), secret);
  }
}

BOOST_AUTO_TEST_CASE(metrics_are_on_an_address_of_their_own) {
  Site site({"--metrics-listen", "127.0.0.1:0"});
  const std::string line = site.host->process().read_line();
  const std::string url = line.substr(line.rfind(' ') + 1);
  BOOST_TEST_REQUIRE(url.ends_with("/metrics"), line);
  BOOST_TEST_REQUIRE(site.becomes(site.send(), "sent"));
  ApiClient scraper(url.substr(0, url.size() - 8));
  const auto answer = scraper.get("/metrics");
  BOOST_TEST(answer.status == 200U);
  BOOST_TEST(answer.headers.at("content-type") == "text/plain; version=0.0.4; charset=utf-8");
  BOOST_TEST(has(answer.body, "messenger_attempts_total{messenger=\"" + site.messenger + "\",outcome=\"OK\"} 1\n"),
             answer.body);
  BOOST_TEST(has(answer.body, R"(route="/api/message/send",status="202"} 1)"), answer.body);
  for (const std::string& secret : {key, canary, phone, std::string("canary-token-8d1f")}) {
    BOOST_TEST(!has(answer.body, secret), secret);
  }
  BOOST_TEST(scraper.get("/api/messenger").status == 404U);
  BOOST_TEST(site.client->get("/metrics").status == 404U);
}

BOOST_AUTO_TEST_CASE(a_full_database_refuses_what_is_new_and_keeps_what_was_accepted) {
  // Its log is read at the end only, and a full pipe would stop it.
  Site site({"--max-database-bytes", "1000000", "--log-level", "error"});
  const std::string first = site.send();
  json::array several;
  for (int i = 0; i < 100; ++i) {
    several.push_back(json::object{
        {"to", phone}, {"body", std::string(1'500, 'x')}, {"messengerId", site.messenger}, {"priority", "bulk"}});
  }
  const std::string many = json::serialize(json::object{{"messages", several}});
  std::vector<std::string> accepted;
  ApiAnswer answer;
  for (int i = 0; i < 50 && answer.status != 503; ++i) {
    answer = site.client->post("/api/message/send", many);
    if (answer.status == 202) {
      const json::object body = answer.json();
      for (const auto& one : body.at("messages").as_array()) {
        accepted.push_back(text(one.at("id")));
      }
    }
  }
  BOOST_TEST_REQUIRE(answer.status == 503U);
  BOOST_TEST(has(answer.body, "[storeFull]"), answer.body);
  BOOST_TEST(answer.has("retry-after"));
  BOOST_TEST(site.client->get("/api/message/" + first).status == 200U);
  for (const std::string& id : accepted) {
    BOOST_TEST_REQUIRE(site.client->get("/api/message/" + id).status == 200U);
  }
}

BOOST_AUTO_TEST_CASE(settings_are_read_again_while_messages_and_connections_go_on) {
  const TemporaryDirectory settings;
  const auto file = settings.write("host.toml", "[serve]\nlog-level = \"warning\"\nworkers = 4\n");
  Site site({"--settings", file});
  site.fault(R"({"path":"/2010","fault":{"delayMs":500}})");
  const std::string under_way = site.send();
  settings.write("host.toml", "[serve]\nlog-level = \"debug\"\nslots = 8\nworkers = 5\n");
  site.host->process().signal(SIGHUP);
  BOOST_TEST(site.becomes(under_way, "sent"));  // on the same connection
  BOOST_TEST(site.becomes(site.send(), "sent"));
  const std::string log = log_of(site);
  BOOST_TEST(has(log, "These options count from the next start on."), log);
  BOOST_TEST(has(log, "options=--workers\n"), log);
  BOOST_TEST(has(log, "info Answered a request."), log);  // which a warning is not
}

BOOST_AUTO_TEST_CASE(settings_with_an_error_leave_all_as_it_is) {
  const TemporaryDirectory settings;
  const auto file = settings.write("host.toml", "[serve]\nlog-level = \"warning\"\n");
  for (const auto& [bad, named] :
       {std::pair{"[serve]\nlog-level = \"debug\"\nslots = \"many\"\n", "--slots"},
        std::pair{"[serve]\nlog-level = \"debug\"\nslotts = 8\n", "serve.slotts"},
        std::pair{"[serve]\nlog-level = \"debug\"\nlongest-pause = 0.1\n", "--longest-pause"}}) {
    settings.write("host.toml", "[serve]\nlog-level = \"warning\"\n");
    Site site({"--settings", file});
    settings.write("host.toml", bad);
    site.host->process().signal(SIGHUP);
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    BOOST_TEST(site.becomes(site.send(), "sent"));
    const std::string log = log_of(site);
    BOOST_TEST(has(log, "The settings stay as they were"), log);
    BOOST_TEST(has(log, named), log);
    BOOST_TEST(!has(log, " info "), log);
  }
}

BOOST_AUTO_TEST_CASE(a_new_plugin_is_found_at_a_reload) {
  const TemporaryDirectory plugins;
  Site site({"--plugin-dir", plugins.path("")});
  const auto components = [&] {
    return site.client->get("/api/openapi.json").json().at("components").at("schemas").as_object();
  };
  BOOST_TEST(!components().contains("Messenger.Minimal"));
  std::filesystem::copy(MESSENGER_EXAMPLE_DIR "/minimal_messenger.so", plugins.path(""));
  site.host->process().signal(SIGHUP);
  BOOST_TEST(soon([&] { return components().contains("Messenger.Minimal"); }));
}
