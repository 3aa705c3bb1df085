// SPDX-License-Identifier: Apache-2.0
// `messenger-host serve` as an operator runs it: a program, a database file, signals, a log.
#include <sys/stat.h>

#include <algorithm>
#include <boost/algorithm/string/classification.hpp>
#include <boost/algorithm/string/split.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <future>

#include "served_host.hpp"

using namespace messenger::test;

namespace {

Finished refused(const TemporaryDirectory& directory, const std::vector<std::string>& more = {}) {
  auto finished = run(Host::arguments(directory, more), {"MESSENGER_HOST_API_KEY=" + key});
  BOOST_TEST(finished.status == 2, finished.err);
  return finished;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_was_acknowledged_is_there_after_kill_9) {
  const TemporaryDirectory directory;
  std::vector<std::string> acknowledged;
  for (int round = 0; round < 3; ++round) {
    Host host(directory);
    auto client = host.client();
    const auto listed = client.get("/api/messenger").json().at("messengers").as_array();
    BOOST_TEST(listed.size() == acknowledged.size());
    for (const std::string& id : acknowledged) {
      BOOST_TEST(client.get("/api/messenger/" + id).status == 200U);
    }
    for (int i = 0; i < 5; ++i) {
      const std::string name = std::to_string(round) + "-" + std::to_string(i);
      auto body = json::parse(twilio("http://127.0.0.1:1")).as_object();
      body["messenger"].as_object()["name"] = name;
      const auto answer = client.post("/api/messenger", json::serialize(body));
      BOOST_TEST_REQUIRE(answer.status == 200U, answer.body);
      acknowledged.push_back(text(answer.json().at("messenger").at("id")));
    }
    host.process().signal(SIGKILL);
    BOOST_TEST(host.process().wait().status == -1);
  }
}

BOOST_AUTO_TEST_CASE(a_key_is_made_and_shown_once_when_none_is_given) {
  const TemporaryDirectory directory;
  Host first(directory, {}, {});
  const auto line = first.process().read_line();
  const auto made = line.substr(line.rfind(' ') + 1);
  BOOST_TEST(first.client(made).get("/api/messenger").status == 200U);
  BOOST_TEST(first.client("another-key-altogether").get("/api/messenger").status == 401U);
  const auto stopped = first.stop();
  BOOST_TEST(!has(stopped.err, made));
  Host second(directory, {}, {});
  BOOST_TEST(second.client(made).get("/api/messenger").status == 200U);
  const auto again = second.stop();
  BOOST_TEST(!has(again.out, "API key"));
  BOOST_TEST(!has(contents(directory.path("host.db")), made));
}

BOOST_AUTO_TEST_CASE(a_start_that_fails_makes_no_key_that_nobody_was_shown) {
  const TemporaryDirectory directory;
  const Host other(directory);
  const TemporaryDirectory fresh;
  const auto failed = run({bin + "/messenger-host", "serve", "--listen", other.url().substr(7), "--database",
                           "sqlite:" + fresh.path("host.db")});
  BOOST_TEST(failed.status == 2);
  BOOST_TEST(has(failed.err, "in use"));
  Host first(fresh, {}, {});
  BOOST_TEST(has(first.process().read_line(), "API key"));
}

BOOST_AUTO_TEST_CASE(a_revoked_key_stays_so_over_starts_that_give_it) {
  const TemporaryDirectory directory;
  { BOOST_TEST(Host(directory).stop().status == 0); }
  const std::string database = "sqlite:" + directory.path("host.db");
  const auto listed = run({bin + "/messenger-host", "key", "list", "--database", database, "--json"});
  const auto id = text(json::parse(listed.out).at("keys").at(0).at("id"));
  BOOST_TEST(run({bin + "/messenger-host", "key", "revoke", "--database", database, id}).status == 0);
  Host again(directory);
  BOOST_TEST(again.client().get("/api/messenger").status == 401U);
  BOOST_TEST(has(again.stop().err, "revoked"));
}

BOOST_AUTO_TEST_CASE(keys_of_a_database_that_is_not_there_are_refused_and_none_is_made) {
  const TemporaryDirectory directory;
  const std::string file = directory.path("mistyped.db");
  for (const std::vector<std::string>& command : {std::vector<std::string>{"list"}, {"revoke", std::string(36, '0')}}) {
    std::vector<std::string> arguments{bin + "/messenger-host", "key"};
    arguments.insert(arguments.end(), command.begin(), command.end());
    arguments.insert(arguments.end(), {"--database", "sqlite:" + file});
    const auto finished = run(arguments);
    BOOST_TEST(finished.status == 2);
    BOOST_TEST(has(finished.err, file));
    BOOST_TEST(!std::filesystem::exists(file));
  }
}

BOOST_AUTO_TEST_CASE(this_machine_is_out_of_bounds_unless_a_flag_allows_it) {
  const TemporaryDirectory directory;
  const Provider provider;
  Process process({bin + "/messenger-host", "serve", "--listen", "127.0.0.1:0", "--database",
                   "sqlite:" + directory.path("host.db")},
                  {"MESSENGER_HOST_API_KEY=" + key});
  const std::string line = process.read_line();
  const auto refused_url =
      ApiClient(line.substr(line.rfind(' ') + 1), key).post("/api/messenger", twilio(provider.url));
  BOOST_TEST(refused_url.status == 400U);
  BOOST_TEST(has(refused_url.body, "messenger.url"), refused_url.body);
}

BOOST_AUTO_TEST_CASE(the_first_key_can_come_from_a_file) {
  const TemporaryDirectory directory;
  const auto file = directory.write("key", "a-key-from-a-file-1234\n");
  Host host(directory, {"--api-key-file", file}, {});
  BOOST_TEST(host.client("a-key-from-a-file-1234").get("/api/messenger").status == 200U);
  const auto missing = refused(TemporaryDirectory(), {"--api-key-file", "/nowhere/key"});
  BOOST_TEST(has(missing.err, "/nowhere/key"));
}

BOOST_AUTO_TEST_CASE(a_settings_file_says_what_flags_say_and_flags_win) {
  const TemporaryDirectory directory;
  const auto file =
      directory.write("host.toml", "[serve]\nlisten = \"127.0.0.1:1\"\nlog-format = \"json\"\nmax-body-bytes = 2000\n");
  Host host(directory, {"--settings", file});
  auto client = host.client();
  BOOST_TEST(client.post("/api/messenger", std::string(2'001, ' ')).status == 413U);
  const auto stopped = host.stop();
  BOOST_TEST(stopped.err.starts_with("{"));
}

BOOST_AUTO_TEST_CASE(every_flag_is_in_the_operators_guide) {
  const std::string help = run({bin + "/messenger-host", "serve", "--help"}).out;
  const std::string guide = contents(MESSENGER_SOURCE_DIR "/docs/host.md");
  std::size_t flags = 0;
  for (std::size_t at = help.find("\n  -"); at != std::string::npos; at = help.find("\n  -", at + 1)) {
    const std::size_t begin = help.find("--", at);
    const std::string name = help.substr(begin, help.find_first_of(" \n", begin) - begin);
    BOOST_TEST((name == "--help" || has(guide, "`" + name + "`")), name);
    ++flags;
  }
  BOOST_TEST(flags >= 20U);
}

BOOST_AUTO_TEST_CASE(a_bad_setting_is_named) {
  const TemporaryDirectory directory;
  const auto with = [&](const std::string& settings) {
    return refused(directory, {"--settings", directory.write("host.toml", settings)}).err;
  };
  BOOST_TEST(has(with("[serve]\nlissten = \"127.0.0.1:1\"\n"), "serve.lissten"));
  BOOST_TEST(has(with("[serve]\nmax-connections = \"many\"\n"), "--max-connections"));
  BOOST_TEST(has(with("[serve]\nlog-format = \"xml\"\n"), "--log-format"));
  BOOST_TEST(has(refused(directory, {"--settings", "/nowhere.toml"}).err, "/nowhere.toml"));
  const auto nowhere =
      run({bin + "/messenger-host", "serve", "--listen", "here", "--database", "sqlite:" + directory.path("host.db")});
  BOOST_TEST(nowhere.status == 2);
  BOOST_TEST(has(nowhere.err, "ADDRESS:PORT"));
  BOOST_TEST(has(refused(directory, {"--allow-ranges", "10.0.0.0/99"}).err, "allow_ranges"));
  BOOST_TEST(has(refused(directory, {"--tls-key", "/nowhere.pem"}).err, "TLS"));
}

BOOST_AUTO_TEST_CASE(a_database_without_its_key_is_refused_and_left_as_it_is) {
  const TemporaryDirectory directory;
  { BOOST_TEST(Host(directory).stop().status == 0); }
  const auto key_file = directory.path("host.db.key");
  struct stat status {};
  BOOST_TEST_REQUIRE(::stat(key_file.c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 0777) == 0600U);
  const auto key_text = contents(key_file);
  std::filesystem::rename(key_file, directory.path("aside"));
  BOOST_TEST(has(refused(directory).err, key_file));
  BOOST_TEST(!std::filesystem::exists(key_file));
  { BOOST_TEST(Host(directory, {"--key-file", directory.path("aside")}).stop().status == 0); }
  const TemporaryDirectory other;
  { BOOST_TEST(Host(other).stop().status == 0); }
  const auto wrong = refused(directory, {"--key-file", other.path("host.db.key")});
  BOOST_TEST(has(wrong.err, other.path("host.db.key")));
  BOOST_TEST(!has(wrong.err, key_text.substr(0, 32)));
}

BOOST_AUTO_TEST_CASE(stopping_finishes_a_send_that_has_begun) {
  const TemporaryDirectory directory;
  const Provider provider;
  Host host(directory);
  auto client = host.client();
  set_up_two_factor(client, provider.url);
  const auto login = start_login(client);
  ApiClient(provider.url).post("/simulator/faults", R"({"fault":{"delayMs":700}})");
  auto sending = std::async(std::launch::async, [&] {
    return ApiClient(host.url()).post("/api/two-factor/send/" + login.id, R"({"methodId":")" + login.method + R"("})");
  });
  // In flight when the provider has it.
  for (int i = 0;
       i < 500 &&
       ApiClient(provider.url).get("/simulator/requests?path=/2010").json().at("requests").as_array().empty();
       ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  const auto stopped = host.stop();
  BOOST_TEST(sending.get().status == 200U);
  BOOST_TEST(stopped.status == 0);
  BOOST_TEST(has(stopped.err, "Stopped."));
}

BOOST_AUTO_TEST_CASE(a_code_logs_in_and_nothing_secret_is_left_in_log_or_database) {
  const TemporaryDirectory directory;
  const Provider provider;
  Host host(directory, {"--log-format", "json", "--log-level", "debug"});
  auto client = host.client();
  set_up_two_factor(client, provider.url);
  const auto login = start_login(client);
  const auto sent = ApiClient(host.url())
                        .call("POST", "/api/two-factor/send/" + login.id, R"({"methodId":")" + login.method + R"("})",
                              {{"X-Request-Id", "the-request"}});
  BOOST_TEST(sent.status == 200U, sent.body);
  const std::string code = last_code(provider.url);
  const std::string body = R"({"twoFactorId":")" + login.id + R"(","code":")" + code + R"("})";
  BOOST_TEST(ApiClient(host.url()).post("/api/two-factor/login", body).status == 200U);
  const auto events = client.get("/api/system/event-log/search").body;
  BOOST_TEST(has(events, "the-request"));
  const auto stopped = host.stop();
  std::vector<std::string> lines;
  boost::split(lines, stopped.err, boost::is_any_of("\n"));
  std::size_t of_the_request = 0;
  for (const std::string& line : lines) {
    BOOST_TEST((line.empty() || json::parse(line).as_object().contains("time")), line);
    of_the_request += has(line, R"("requestId":"the-request")") ? 1U : 0U;
  }
  BOOST_TEST(of_the_request >= 2U);  // of the request, and of the message that it sent
  const std::string file = contents(directory.path("host.db"));
  for (const std::string& secret :
       {key, std::string("canary-token-8d1f"), phone, login.id, std::string("jo@example.com")}) {
    BOOST_TEST(!has(stopped.err + stopped.out + events, secret), secret);
    BOOST_TEST(!has(file, secret), secret);
  }
  BOOST_TEST(!has(events, code));
  BOOST_TEST(!has(stopped.err, "code is " + code));
}

BOOST_AUTO_TEST_CASE(a_third_partys_messenger_is_served_as_soon_as_its_file_is_there) {
  const TemporaryDirectory directory;
  const Provider provider;
  const auto plugins = directory.path("plugins");
  std::filesystem::create_directory(plugins);
  Host host(directory, {"--plugin-dir", plugins});
  auto client = host.client();
  const json::object minimal{
      {"messenger", json::object{{"type", "Minimal"}, {"name", "m"}, {"url", provider.url + "/webhook"}}}};
  const auto before = client.post("/api/messenger", json::serialize(minimal));
  BOOST_TEST(before.status == 400U);
  BOOST_TEST(has(before.body, "Expected the type field to be one of [Generic, Twilio], but found [Minimal]"),
             before.body);
  std::filesystem::copy(MESSENGER_EXAMPLE_DIR "/minimal_messenger.so", plugins);
  const auto after = client.post("/api/messenger", json::serialize(minimal));
  BOOST_TEST(after.status == 200U, after.body);
  BOOST_TEST(
      client.get("/api/openapi.json").json().at("components").at("schemas").as_object().contains("Messenger.Minimal"));
}

BOOST_AUTO_TEST_CASE(over_tls_it_is_reached_by_whoever_trusts_its_certificate) {
  const TemporaryDirectory directory;
  const Certificate certificate(directory, "server", "IP:127.0.0.1");
  Host host(directory, {"--tls-certificate", certificate.certificate_file, "--tls-key", certificate.key_file});
  BOOST_TEST(host.url().starts_with("https://"));
  ApiClient client(host.url(), key, certificate.certificate_file);
  BOOST_TEST(client.get("/api/messenger").status == 200U);
}
