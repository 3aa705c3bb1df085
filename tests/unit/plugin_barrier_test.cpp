// SPDX-License-Identifier: Apache-2.0
// Classes that fail in every place, behind the C table that the macro makes of them.
#include <messenger/http.hpp>
#include <messenger/plugin.hpp>

#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "support/fake_host.hpp"

using namespace messenger::test;

namespace {

struct Config {
  std::string fail;
};

const int marker = 0;

[[noreturn]] void fail() {
  throw std::runtime_error("CANARY");
}

/// Throws where its configuration says.
class Faulty {
 public:
  using Config = ::Config;
  static constexpr messenger::PluginInfo info{.type = "Faulty"};
  static messenger::Fields<Config> fields() { return messenger::Fields<Config>{}.text("fail", &Config::fail); }
  static void check(const Config& config, messenger::Issues& issues) {
    if (config.fail == "check") {
      fail();
    }
    if (config.fail == "issue") {
      issues.push_back({"/fail", "own", "A reason."});
    }
  }

  Faulty(messenger::Host host, Config config) : host_(host), fail_(std::move(config.fail)) {
    if (fail_ == "constructor") {
      fail();
    }
    if (fail_ == "refuse") {
      throw messenger::ConfigError({{"/fail", "own", "A reason."}, {"", "other", "Another."}});
    }
    if (fail_ == "refuse silently") {
      throw messenger::ConfigError({});
    }
  }
  ~Faulty() noexcept(false) {
    if (fail_ == "destructor") {
      fail();
    }
  }
  Faulty(const Faulty&) = delete;
  Faulty& operator=(const Faulty&) = delete;

  void send(const messenger::Op& op, const messenger::Message& message) {
    if (fail_ == "send") {
      fail();
    }
    if (fail_ == "number") {
      throw 7;
    }
    if (fail_ == "known") {
      throw messenger::SendError(messenger::Outcome::rejected, "Known.");
    }
    host_.complete(op.ticket(), {.outcome = messenger::Outcome::ok, .provider_id = message.attributes().find("id")});
  }
  void cancel(std::uint64_t) {
    if (fail_ == "cancel") {
      fail();
    }
  }
  bool stop(std::uint64_t deadline) {
    if (fail_ == "stop") {
      fail();
    }
    return deadline > 5;
  }
  static messenger::Operations operations() { return {{.name = "fail", .input_schema = "{}"}}; }
  void call(const messenger::Op&, const messenger::Call&) {
    if (fail_ == "known") {
      throw messenger::SendError(messenger::Outcome::rejected, "Known.");
    }
    fail();
  }
  [[nodiscard]] messenger::Reading receipt(const messenger::Callback&, messenger::Receipts) const { fail(); }
  static const void* extension(std::string_view id) {
    if (id == "fail") {
      fail();
    }
    return id == "faulty" ? &marker : nullptr;
  }

 private:
  messenger::Host host_;
  std::string fail_;
};

/// The least that is a messenger; its replies throw.
class Bare {
 public:
  using Config = ::Config;
  static constexpr messenger::PluginInfo info{.type = "Bare", .needs = messenger::needs_http};
  static constexpr bool throws_before_sending = true;
  static messenger::Fields<Config> fields() { return messenger::Fields<Config>{}.text("fail", &Config::fail); }
  Bare(messenger::Host host, const Config& config)
      : fail_(config.fail == "send"), endpoint_(host, {.url = "http://h"}, *this) {}
  void send(const messenger::Op& op, const messenger::Message& message) {
    if (fail_) {
      fail();
    }
    endpoint_.send<&Bare::judge>(op, {.body = message.body()});
  }

 private:
  static messenger::Result judge(const messenger::Response&) { fail(); }
  bool fail_;
  messenger::Endpoint<Bare> endpoint_;
};

const msgr_plugin& faulty() {
  return *msgr_plugin_v1(0);
}
std::string config(const char* fail) {
  return std::string(R"({"fail":")") + fail + "\"}";
}

}  // namespace

MESSENGER_PLUGIN(Faulty, Bare)

BOOST_AUTO_TEST_CASE(the_entry_enumerates_the_classes) {
  BOOST_TEST(msgr_plugin_v1(0)->type == std::string("Faulty"));
  BOOST_TEST(msgr_plugin_v1(1)->type == std::string("Bare"));
  BOOST_TEST(msgr_plugin_v1(2) == nullptr);
  BOOST_TEST(msgr_plugin_v1(0xffffffff) == nullptr);
  BOOST_TEST(msgr_plugin_v1(0) == msgr_plugin_v1(0));
}

BOOST_AUTO_TEST_CASE(the_table_names_what_the_class_offers) {
  BOOST_TEST(faulty().size == sizeof(msgr_plugin));
  BOOST_TEST(faulty().abi_minor == MSGR_ABI_MINOR);
  BOOST_TEST(faulty().cancel != nullptr);
  BOOST_TEST(faulty().stop != nullptr);
  BOOST_TEST(faulty().get_extension("faulty") == &marker);
  BOOST_TEST(faulty().get_extension("else") == nullptr);
  const msgr_plugin& bare = *msgr_plugin_v1(1);
  BOOST_TEST(bare.cancel == nullptr);
  BOOST_TEST(bare.stop == nullptr);
  BOOST_TEST(bare.get_extension == nullptr);
  BOOST_TEST(bare.needs[0] == std::string(MSGR_HTTP_1));
}

BOOST_AUTO_TEST_CASE(what_is_thrown_while_configuring_becomes_an_issue) {
  const std::pair<const char*, std::vector<std::string>> rows[] = {
      {"check", {"failed "}},           {"constructor", {"failed "}},
      {"issue", {"own /fail"}},         {"refuse", {"own /fail", "other "}},
      {"refuse silently", {"failed "}},
  };
  for (const auto& [fail, problems] : rows) {
    BOOST_TEST_CONTEXT(fail) {
      FakeHost host;
      const Instance instance(host, faulty(), config(fail));
      BOOST_TEST(!instance);
      BOOST_TEST(instance.problems().found == problems, boost::test_tools::per_element());
      BOOST_TEST(instance.problems().texts.find("CANARY") == std::string::npos);
    }
  }
  BOOST_TEST(validate(FakeHost(), faulty(), config("check")).found.size() == 1U);
  BOOST_TEST(validate(FakeHost(), faulty(), config("issue")).found.size() == 1U);
  BOOST_TEST(validate(FakeHost(), faulty(), config("constructor")).found.empty());  // validate is pure
}

BOOST_AUTO_TEST_CASE(what_send_throws_completes_the_op) {
  const std::pair<const char*, std::int32_t> rows[] = {
      {"", MSGR_OK}, {"send", MSGR_UNKNOWN}, {"number", MSGR_UNKNOWN}, {"known", MSGR_REJECTED}};
  for (const auto& [fail, outcome] : rows) {
    BOOST_TEST_CONTEXT(fail) {
      FakeHost host;
      const Instance instance(host, faulty(), config(fail));
      instance.send({.attributes = {{"id", "one"}, {"id", "two"}}}, {.ticket = 42});
      BOOST_REQUIRE(host.completions.size() == 1U);
      BOOST_TEST(host.completions[0].ticket == 42U);
      BOOST_TEST(host.completions[0].outcome == outcome);
      BOOST_TEST(host.said().find("CANARY") == std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_the_other_functions_throw_is_logged) {
  FakeHost host;
  { Instance(host, faulty(), config("cancel")).cancel(1); }
  BOOST_TEST(host.logs.size() == 1U);
  { const Instance instance(host, faulty(), config("destructor")); }
  BOOST_TEST(host.logs.size() == 2U);
  BOOST_TEST(faulty().get_extension("fail") == nullptr);
  const FlatConfig flat(config("stop"));
  Problems problems;
  msgr_instance* stopping = faulty().configure(host.raw(), &flat.raw(), &Problems::add, &problems);
  BOOST_TEST(faulty().stop(stopping, 9) == 0U);
  BOOST_TEST(host.logs.size() == 3U);
  faulty().destroy(stopping);
  BOOST_TEST(host.said().find("CANARY") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_reply_that_throws_says_what_is_known) {
  for (const std::uint32_t sent : {0U, 1U}) {
    FakeHost host;
    const Instance instance(host, *msgr_plugin_v1(1), "{}");
    instance.send();
    host.answer({.failure = MSGR_HTTP_RESET, .request_sent = sent});
    BOOST_TEST(host.completions.at(0).outcome == (sent != 0 ? MSGR_UNKNOWN : MSGR_RETRY));
  }
}

BOOST_AUTO_TEST_CASE(an_endpoint_is_honest_about_what_it_could_not_do) {
  FakeHost host;
  {
    const Instance throws(host, *msgr_plugin_v1(1), config("send"));
    throws.send();
    BOOST_TEST(host.completions.at(0).outcome == MSGR_RETRY);  // it promised: throws_before_sending
    host.request_answer = MSGR_HTTP_UNAVAILABLE;
    const Instance refused(host, *msgr_plugin_v1(1), "{}");
    refused.send();
    BOOST_TEST(host.completions.at(1).outcome == MSGR_RETRY);
  }
  BOOST_TEST(host.closed == 2);
  host.open_issue = "/url";
  BOOST_TEST(Instance(host, *msgr_plugin_v1(1), "{}").problems().found == std::vector<std::string>{"invalid /url"});
  host.offers_http = false;
  BOOST_TEST(Instance(host, *msgr_plugin_v1(1), "{}").problems().found == std::vector<std::string>{"unavailable "});
}

BOOST_AUTO_TEST_CASE(what_is_thrown_in_an_operation_or_a_receipt_never_passes) {
  FakeHost host;
  for (const auto& [what, outcome] : {std::pair("", MSGR_UNKNOWN), std::pair("known", MSGR_REJECTED)}) {
    Instance instance(host, faulty(), config(what));
    host.completions.clear();
    instance.call("fail");
    BOOST_TEST_REQUIRE(host.completions.size() == 1U);
    BOOST_TEST(host.completions[0].outcome == static_cast<std::int32_t>(outcome));
  }
  const auto* const receipts = static_cast<const msgr_receipts*>(faulty().get_extension(MSGR_RECEIPTS_1));
  BOOST_TEST_REQUIRE(receipts != nullptr);
  const FlatConfig given(config(""));
  msgr_instance* const instance = faulty().configure(host.raw(), &given.raw(), &Problems::add, nullptr);
  const msgr_callback callback{sizeof(callback), 0, {nullptr, 0}, {nullptr, 0}, {nullptr, 0}, nullptr, 0};
  BOOST_TEST(receipts->read(instance, &callback, nullptr, nullptr) == std::uint32_t{MSGR_RECEIPT_FORGED});
  faulty().destroy(instance);
}
