// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http.h>
#include <messenger/operations.h>
#include <messenger/plugin.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace messenger::test {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What a plugin gave to complete().
struct Completion {
  std::uint64_t ticket;
  std::int32_t outcome;
  std::uint32_t http_status;
  std::uint64_t retry_after_ms;
  std::string provider_id, provider_code, detail;
};

/// What a plugin opened.
struct OpenedEndpoint {
  std::string url, username, password;
  bool has_username;
  std::uint32_t connect_timeout_ms, read_timeout_ms;
  Pairs headers;
  std::string client_certificate, client_key;
  std::uint64_t max_response_bytes;
};

/// What a plugin posted.
struct SentRequest {
  std::uint64_t ticket, deadline_ns;
  std::string method, target, content_type, body;
  bool has_content_type;
  Pairs headers;
  msgr_http_done_fn done;
  void* ctx;
  std::string url;  ///< of its endpoint
  const msgr_http_endpoint* endpoint;
  bool open = true;  ///< not answered yet
};

/// What the fake service says to a request.
struct Answer {
  std::uint32_t status = 0;
  std::string body{};
  std::uint32_t failure = MSGR_HTTP_RESPONSE;
  std::uint32_t request_sent = 1;
  Pairs headers{};
};

/// An Answer as the ABI has it.
class FakeResponse {
 public:
  FakeResponse(const Answer& answer, std::uint64_t ticket);
  [[nodiscard]] const msgr_http_response& raw() const { return raw_; }
  /// A service of which only header() works, for FakeResponse alone.
  static const msgr_http& http();

 private:
  struct Raw : msgr_http_response {
    const Answer* answer;
  } raw_;
  friend struct FakeHttp;
};

struct TestMessage {
  std::string to = "+15005550010";
  std::string body = "Two Factor Code: 012345";
  std::string from{};
  std::string kind = "SMS";
  Pairs attributes{};
  std::uint64_t expires_ns = 0;
  std::uint32_t flags = 0;
};

/// A TestMessage as the ABI has it; refers to the TestMessage.
class RawMessage {
 public:
  explicit RawMessage(const TestMessage& message);
  [[nodiscard]] const msgr_message& raw() const { return raw_; }

 private:
  std::vector<msgr_pair> attributes_;
  msgr_message raw_{};
};

struct TestOp {
  std::uint64_t ticket = 1;
  std::string idempotency_key{};
  std::string traceparent{};
};

/// A TestOp as the ABI has it; refers to the TestOp.
msgr_op raw_op(const TestOp& op);

/// A msgr_config flattened from JSON text.
class FlatConfig {
 public:
  explicit FlatConfig(std::string_view json);
  [[nodiscard]] const msgr_config& raw() const { return raw_; }

 private:
  friend struct Flattener;
  const msgr_str& keep(std::string text);
  std::deque<std::pair<std::string, msgr_str>> texts_;
  std::vector<msgr_field> fields_;
  msgr_config raw_{};
};

/// "code pointer" of each problem, in order; texts apart.
struct Problems {
  std::vector<std::string> found;
  std::string texts;
  static void add(void* ctx, const msgr_issue* issue);
};

/// A host that records, with an HTTP service that answers what the test says.
class FakeHost {
 public:
  FakeHost();
  FakeHost(const FakeHost&) = delete;
  FakeHost& operator=(const FakeHost&) = delete;

  [[nodiscard]] const msgr_host* raw() const;
  /// Answers the last request, or the one of this index.
  void answer(const Answer& answer) { this->answer(answer, sent.size() - 1); }
  void answer(const Answer& answer, std::size_t index);
  /// All that a plugin has said: log lines and results, for a search for secrets.
  [[nodiscard]] std::string said() const;

  std::vector<Completion> completions;
  std::vector<std::string> outputs;
  std::function<bool(const std::string& json)> wants_more;  ///< asked after each output; empty = yes
  std::vector<std::string> logs;
  std::vector<OpenedEndpoint> opened;
  std::vector<SentRequest> sent;
  std::vector<std::uint64_t> cancelled;
  int closed = 0;
  bool offers_http = true;
  std::map<std::string, std::string> certificates;  ///< PEM by id, certificate and key in one; empty = no such service
  std::uint32_t request_answer = MSGR_HTTP_STARTED;
  std::string open_issue;   ///< pointer of the issue with which open fails; "" = it succeeds
  std::string refused_url;  ///< what open refuses alone; "" = any, when there is an open_issue
  std::uint64_t now_ns = 1'000'000'000'000;

 private:
  friend struct FakeHttp;
  struct Table;
  std::shared_ptr<Table> table_;
};

/// A plugin library, loaded until the process ends.
class Library {
 public:
  explicit Library(const std::string& path);
  [[nodiscard]] const msgr_plugin* plugin(std::uint32_t index = 0) const { return entry_(index); }

 private:
  const msgr_plugin* (*entry_)(std::uint32_t);
};

/// Whether the schema is part of the library's file, so that the entry has nothing to make.
bool has_constant_schema(const msgr_plugin& plugin);

/// A configured messenger, destroyed with the object.
class Instance {
 public:
  Instance(FakeHost& host, const msgr_plugin& plugin, std::string_view json);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  explicit operator bool() const { return instance_ != nullptr; }
  [[nodiscard]] const Problems& problems() const { return problems_; }
  [[nodiscard]] msgr_instance* raw() const { return instance_; }
  void send(const TestMessage& message = {}, const TestOp& op = {}) const;
  void cancel(std::uint64_t ticket) const { plugin_.cancel(instance_, ticket); }
  /// Runs the operation of that name; throws std::out_of_range when there is none.
  void call(std::string_view operation, std::string_view json = "{}", const TestOp& op = {});

 private:
  const msgr_plugin& plugin_;
  Problems problems_;
  msgr_instance* instance_;
  /// Input, call and op, which a plugin may use until it has completed the op.
  struct Running {
    FlatConfig input;
    msgr_call call;
    msgr_op op;
  };
  std::deque<Running> running_{};
};

/// The catalogue of a plugin; nullptr when it has none.
const msgr_operations* operations_of(const msgr_plugin& plugin);

/// The problems that validate reports.
Problems validate(const FakeHost& host, const msgr_plugin& plugin, std::string_view json);

}  // namespace messenger::test
