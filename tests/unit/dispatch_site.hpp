// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "certificate.hpp"
#include "database.hpp"
#include "delivery/engine.hpp"
#include "error_output.hpp"
#include "raw_server.hpp"

namespace messenger::test {

namespace json = boost::json;

/// Waits until it is so, ten seconds at most; gives whether it is.
template <class Is>
bool soon(Is is) {
  for (int i = 0; i < 2'000 && !is(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return is();
}

/// How a provider answers a request.
struct Answer {
  std::string status, headers = {};
};
inline const Answer accepted{"200 OK"}, rejected{"400 Bad Request"}, retry{"429 Too Many Requests"},
    misconfigured{"401 Unauthorized"}, in_doubt{"500 Internal Server Error"};

/// A provider of the Generic messenger, whose answers a test chooses.
class Provider {
 public:
  explicit Provider(Answer always = {"200 OK", ""}) : always_(std::move(always)) {}
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;
  ~Provider() { let_go(); }

  std::string url() const { return server_.url("/"); }
  /// The next answers, before those that are always given.
  void next(std::vector<Answer> answers) {
    const std::lock_guard lock(mutex_);
    next_.insert(next_.end(), answers.begin(), answers.end());
  }
  void always(Answer answer) {
    const std::lock_guard lock(mutex_);
    always_ = std::move(answer);
  }
  /// From now on requests are read and not answered.
  void hold() {
    const std::lock_guard lock(mutex_);
    holding_ = true;
  }
  void let_go() {
    const std::lock_guard lock(mutex_);
    holding_ = false;
    changed_.notify_all();
  }
  std::size_t count() const { return server_.requests().size(); }
  /// How many requests have this in them.
  std::size_t count(const std::string& text) const {
    std::size_t found = 0;
    for (const std::string& request : server_.requests()) {
      found += request.find(text) == std::string::npos ? 0 : 1;
    }
    return found;
  }
  std::vector<std::string> requests() const { return server_.requests(); }

 private:
  void serve(Connection& connection) {
    while (!connection.read_request().empty()) {
      const Answer answer = take();
      connection.answer("{}", answer.status, answer.headers);
    }
  }
  Answer take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !holding_; });
    if (next_.empty()) {
      return always_;
    }
    Answer answer = next_.front();
    next_.pop_front();
    return answer;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool holding_ = false;
  Answer always_;
  std::deque<Answer> next_;
  RawServer server_{[this](Connection& connection) { serve(connection); }};  // last: it uses the rest
};

/// A host's engine on a database of its own.
struct DispatchSite : Database {
  static constexpr const char* first = "a0000000-0000-0000-0000-000000000001";
  static constexpr const char* second = "b0000000-0000-0000-0000-000000000002";
  static constexpr const char* type = "c0000000-0000-0000-0000-000000000003";

  /// Pauses and breaks that a test can wait for.
  static host::Dispatcher::Options quick() {
    host::Dispatcher::Options options;
    options.shortest_pause = std::chrono::milliseconds(2);
    options.longest_pause = std::chrono::milliseconds(20);
    options.shortest_break = std::chrono::milliseconds(20);
    options.longest_break = std::chrono::milliseconds(80);
    options.look_after = {std::chrono::milliseconds(10), std::chrono::milliseconds(10)};
    return options;
  }

  explicit DispatchSite(host::Dispatcher::Options dispatcher = quick(), host::Delivery::Options delivery = {}) {
    engine_options.store = options();
    engine_options.dispatcher = std::move(dispatcher);
    engine_options.delivery = std::move(delivery);
    engine.emplace(engine_options, log);
  }

  void restart() {
    engine.reset();
    engine.emplace(engine_options, log);
  }

  static std::string first_of(const std::vector<loader::Issue>& issues) {
    return issues.empty() ? std::string() : issues.front().text;
  }
  void put_messenger(const std::string& id, json::object messenger) {
    messenger["name"] = id;
    const json::object document{{"messenger", messenger}};
    auto change = engine->messengers().replace(id, [&](const json::object&) { return document; });
    if (!change) {
      change = engine->messengers().create(id, document);
    }
    BOOST_TEST_REQUIRE(first_of(change->issues) == "");
  }
  void put_generic(const std::string& id, const std::string& url) {
    put_messenger(id, {{"type", "Generic"}, {"url", url}, {"connectTimeout", 2'000}, {"readTimeout", 5'000}});
  }
  void put_type(json::object members, const std::string& id = type) {
    if (!members.contains("messengers")) {
      members["messengers"] = json::array{json::object{{"messengerId", first}}, json::object{{"messengerId", second}}};
    }
    members["name"] = id;
    engine->store().transact([&](host::Transaction& transaction) {
      transaction.documents.put(host::Kind::message_type, {id, json::serialize(members), {id}, {}});
    });
  }

  static host::Submission submission(const std::string& messenger_id = first, const std::string& body = "Hello.") {
    host::Submission submission;
    submission.messenger_id = messenger_id;
    submission.message.to = "+15551230001";
    submission.message.body = body;
    return submission;
  }
  static host::Submission by_type(const std::string& body = "Hello.") {
    host::Submission by_type = submission("", body);
    by_type.message_type_id = type;
    return by_type;
  }
  static host::Submission with_code() {
    host::Submission code = submission(first, "Your code is 834112.");
    code.message.attributes = {{"code", "834112"}, {"userId", "00000000-0000-0000-0000-000000000042"}};
    code.message.secret = true;
    code.priority = host::Priority::code;
    return code;
  }

  std::string accept(const host::Submission& submission) {
    const host::Accepted answer = engine->messages().accept({submission}).at(0);
    BOOST_TEST_REQUIRE(first_of(answer.issues) == "");
    return answer.id;
  }
  json::object find(const std::string& id) { return engine->messages().find(id).value(); }
  std::string state(const std::string& id) { return std::string(find(id).at("state").as_string()); }
  bool becomes(const std::string& id, const std::string& state) {
    return soon([&] { return this->state(id) == state; });
  }
  /// "STATE ATTEMPT OUTCOME" of each change, without what is empty, separated by "; ".
  std::string story(const std::string& id) {
    std::string text;
    const json::object found = find(id);
    for (const auto& entry : found.at("history").as_array()) {
      const json::object& change = entry.as_object();
      text.append(text.empty() ? "" : "; ").append(change.at("state").as_string());
      if (const auto* attempt = change.if_contains("attempt")) {
        text += " " + std::to_string(attempt->as_int64());
      }
      if (const auto* outcome = change.if_contains("outcome")) {
        text.append(" ").append(outcome->as_string());
      }
    }
    return text;
  }
  host::OutboxMessage kept(const std::string& id) {
    return engine->store()
        .with([&](host::Transaction& transaction) { return transaction.outbox.find(id); }, host::Sharing::rows)
        .value();
  }
  /// The entries of the event log that have this in them, "Type: text", the oldest first.
  std::vector<std::string> events(const std::string& text) {
    host::EventSearch search;
    search.ascending = true;
    search.number_of_results = 500;
    std::vector<std::string> found;
    for (const host::Event& event :
         engine->store().with([&](host::Transaction& t) { return t.events.search(search); }).events) {
      if (event.message.find(text) != std::string::npos) {
        found.push_back(std::string(to_string(event.type)) + ": " + event.message);
      }
    }
    return found;
  }
  host::CircuitState::Position circuit(const std::string& id) {
    for (const host::CircuitState& state : engine->dispatcher().circuits()) {
      if (state.messenger_id == id) {
        return state.position;
      }
    }
    return host::CircuitState::Position::closed;
  }

  TemporaryDirectory log_directory;
  ErrorOutput output{log_directory.path("stderr")};
  host::Log log;
  host::EngineOptions engine_options;
  std::optional<host::Engine> engine;
};

}  // namespace messenger::test
