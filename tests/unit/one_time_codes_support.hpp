// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "database.hpp"
#include "delivery/one_time_codes.hpp"
#include "delivery/tenant.hpp"

namespace messenger::test {

namespace json = boost::json;

/// What the codes gave away to be sent, and the way back.
struct Handed {
  host::Submission submission;
  std::function<void(const host::Settled&)> done;

  const host::OutgoingMessage& message() const { return submission.message; }
  std::string code() const { return message().attributes.at(0).second; }
  void end(host::MessageStage stage) const { done({stage}); }
};

/// One-time codes over a store of their own, with a clock that stands and a hand in place of the outbox: what becomes
/// of each message, and in which order, is up to the test.
struct Codes : Database {
  using Sent = host::TwoFactorSent::Status;
  using Login = host::TwoFactorLogin::Status;
  using Stage = host::MessageStage;

  Codes() {
    host::ensure_tenant(*store);
    put(host::Kind::messenger, messenger, "{}");
    put(host::Kind::message_template, text_template, R"({"defaultTemplate":"Code: ${code}","localizedTemplates":
        {"de":"${user.firstName!'Hallo'}: ${code}"}})");
    put(host::Kind::user, user, R"({"username":"ada","firstName":"Ada","preferredLanguages":["fr","de_DE"],"twoFactor":
        {"methods":[{"id":"one","method":"sms","mobilePhone":"+15551230001"},
                    {"id":"two","method":"sms","mobilePhone":"555-123-0002"}]}})",
        "ada");
    configure("{}");
  }

  /// Settings in place of the usual ones: `multiFactorConfiguration` and others.
  void configure(const std::string& changes) {
    json::object tenant = json::parse(R"({"name":"Default","multiFactorConfiguration":{"sms":{"enabled":true,
        "messengerId":")" + messenger +
                                      R"(","templateId":")" + text_template + R"("}}})")
                              .as_object();
    const json::object changed = json::parse(changes).as_object();
    for (const auto& change : changed) {
      tenant[change.key()] = change.value();
    }
    const std::string id =
        store->with([](host::Transaction& transaction) { return host::find_tenant(transaction).id; });
    put(host::Kind::tenant, id, json::serialize(tenant));
  }

  void put(host::Kind kind, const std::string& id, const std::string& body, const std::string& name = {}) {
    store->transact([&](host::Transaction& transaction) {
      transaction.documents.put(kind, {id, body, name.empty() ? std::vector<std::string>() : std::vector{name}, {}});
    });
  }

  host::TwoFactorStarted start(const std::string& code = {}) {
    const auto started = codes->start({user, {}, code, std::nullopt});
    BOOST_TEST_REQUIRE(started.has_value());
    return *started;
  }

  /// Begins a send that was not ended yet.
  Handed begin(const std::string& id, const std::string& method = {}) {
    const std::size_t before = handed.size();
    codes->send(id, method, {"request", "trace"}, [this](const host::TwoFactorSent& sent) { ended.push_back(sent); });
    BOOST_TEST_REQUIRE(handed.size() == before + 1);
    return handed.back();
  }

  /// Sends a message that ends so, and gives the status.
  Sent send(const std::string& id, host::Settled settled = {Stage::sent}, const std::string& method = {}) {
    const std::size_t before = handed.size();
    codes->send(id, method, {"request", "trace"}, [this](const host::TwoFactorSent& sent) { ended.push_back(sent); });
    if (handed.size() > before) {
      handed.back().done(settled);
    }
    BOOST_TEST_REQUIRE(!ended.empty());
    return ended.back().status;
  }

  /// The same to a number of the caller's, under this id.
  Sent send_to_number(const std::string& id) {
    const std::size_t before = handed.size();
    codes->send_to_number(id, user, "+15551230003", {"request", "trace"},
                          [this](const host::TwoFactorSent& sent) { ended.push_back(sent); });
    if (handed.size() > before) {
      handed.back().end(Stage::sent);
    }
    BOOST_TEST_REQUIRE(!ended.empty());
    return ended.back().status;
  }

  Login login(const std::string& id, const std::string& code) { return codes->login(id, code).status; }

  void advance_seconds(std::int64_t seconds) { now += seconds * 1'000; }

  /// As after a restart of the process.
  void reopen() {
    codes.reset();
    store.reset();
    store = std::make_unique<host::Store>(options());
    codes = make_codes();
  }

  std::unique_ptr<host::OneTimeCodes> make_codes() {
    return std::make_unique<host::OneTimeCodes>(
        *store,
        host::CodeOutlet{[this](host::Transaction&, const host::Submission& submission) {
                           added.push_back(submission);
                           return refusal;
                         },
                         [this](const std::string& id, std::function<void(const host::Settled&)> done) {
                           BOOST_TEST_REQUIRE(id == added.back().message.id);
                           handed.push_back({added.back(), std::move(done)});
                         },
                         [this] { ++woken; }, [this](const std::string& id) { cancelled.push_back(id); }},
        [this] { return now; });
  }

  const std::string user = "00000000-0000-0000-0000-00000000000a", messenger = "00000000-0000-0000-0000-00000000000b",
                    text_template = "00000000-0000-0000-0000-00000000000c";
  std::int64_t now = host::now_ms();
  std::vector<host::Submission> added;
  std::vector<Handed> handed;
  host::Accepted refusal;
  int woken = 0;
  std::vector<std::string> cancelled;
  std::vector<host::TwoFactorSent> ended;
  std::unique_ptr<host::Store> store = std::make_unique<host::Store>(options());
  std::unique_ptr<host::OneTimeCodes> codes = make_codes();
};

/// Another code of the same form.
inline std::string other_than(std::string code) {
  code.back() = code.back() == '0' ? '1' : '0';
  return code;
}

}  // namespace messenger::test
