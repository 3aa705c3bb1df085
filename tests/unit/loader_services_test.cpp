// SPDX-License-Identifier: Apache-2.0
// A host lends its messengers its own msgr.http/1 in place of ours, and services that only it and its plugins know.
#include <boost/test/unit_test.hpp>

#include "loader_support.hpp"
#include "support/fake_host.hpp"

using namespace loader_test;
using loader::Outcome;
using messenger::test::FakeHost;

namespace {

// The host's own HTTP: what the fake offers to a plugin beside its host struct.
const void* http_of(const FakeHost& fake) {
  return fake.raw()->get_extension(fake.raw(), MSGR_HTTP_1);
}

const loader::PluginFile& file_of(const std::vector<loader::PluginFile>& files, const std::string& name) {
  const auto file = std::find_if(files.begin(), files.end(), [&](const auto& one) { return one.path.stem() == name; });
  BOOST_REQUIRE(file != files.end());
  return *file;
}

struct Served {
  const char *type, *config, *url;
  messenger::test::Answer answer;
};

const Served messengers[] = {
    {"Generic", R"({"url":"https://h/hook","connectTimeout":1,"readTimeout":1})", "https://h/hook", {.status = 200}},
    {"Twilio",
     R"({"url":"https://t","accountSID":"AC0123456789abcdef0123456789abcdef","authToken":"t",
         "fromPhoneNumber":"+15005550006","connectTimeout":1,"readTimeout":1})",
     "https://t",
     {.status = 201, .body = R"({"sid":"SM0123456789abcdef0123456789abcdef","status":"queued"})"}},
};

}  // namespace

BOOST_AUTO_TEST_CASE(the_shipped_messengers_send_through_the_hosts_own_http) {
  FakeHost fake;
  {
    loader::Registry registry({.services = {{MSGR_HTTP_1, http_of(fake)}}, .log = {}});
    registry.load({MESSENGER_PLUGIN_DIR});
    for (const Served& one : messengers) {
      BOOST_TEST_CONTEXT(one.type) {
        Answers answers;
        BOOST_REQUIRE(registry.configure("m", one.type, one.config).empty());
        BOOST_TEST(fake.opened.back().url.starts_with(one.url));
        const auto ticket = registry.send("m", hello, {}, answers.completion());
        BOOST_TEST(fake.sent.back().ticket == ticket);
        BOOST_TEST(fake.sent.back().body.find(hello.body) != std::string::npos);
        BOOST_TEST(registry.cancel(ticket));
        BOOST_TEST(fake.cancelled.back() == ticket);
        BOOST_TEST(answers.count() == 0u);
        fake.answer(one.answer);
        BOOST_TEST((answers.wait(1).at(0).outcome == Outcome::ok));
      }
    }
  }
  BOOST_TEST(fake.sent.size() == std::size(messengers));
  BOOST_TEST(fake.closed == static_cast<int>(fake.opened.size()));
}

BOOST_AUTO_TEST_CASE(without_http_they_are_refused_with_the_reason) {
  loader::Registry registry;
  const auto files = registry.load({MESSENGER_PLUGIN_DIR});
  for (const char* name : {"messenger_generic", "messenger_twilio"}) {
    const loader::PluginFile& file = file_of(files, name);
    BOOST_TEST(!file.loaded);
    BOOST_TEST(file.reason.find("it needs the service msgr.http/1") != std::string::npos, file.reason);
  }
}

BOOST_AUTO_TEST_CASE(a_further_service_reaches_the_plugins_that_ask_for_it) {
  struct Counter {
    void (*count)(int* total);
  };
  static constexpr Counter counter{[](int* total) { ++*total; }};
  FakeHost fake;
  Strings strings;
  Directory plugins;
  plugins.add("puppet");
  int total = 0;
  strings.on_send = [&](const msgr_host* host, const msgr_op* op, const msgr_message*) {
    static_cast<const Counter*>(host->get_extension(host, "test.counter/1"))->count(&total);
    BOOST_TEST(host->get_extension(host, "test.counter/2") == nullptr);
    BOOST_TEST(host->get_extension(host, nullptr) == nullptr);
    BOOST_TEST(host->get_extension(host, MSGR_HTTP_1) == http_of(fake));
    host->complete(host, op->ticket, MSGR_OK, nullptr);
  };
  loader::Registry registry({.services = {{MSGR_HTTP_1, http_of(fake)},
                                          {TEST_PUPPET_1, static_cast<PuppetMaster*>(&strings)},
                                          {"test.counter/1", &counter}},
                             .log = {}});
  BOOST_TEST(registry.load({plugins.path()}).at(0).loaded);
  BOOST_REQUIRE(registry.configure("m", "Puppet", "{}").empty());
  BOOST_TEST((registry.send("m", hello).outcome == Outcome::ok));
  BOOST_TEST(total == 1);
}
