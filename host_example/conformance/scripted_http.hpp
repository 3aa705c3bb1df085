// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "conformance/memory.hpp"

namespace messenger::host::conformance {

/// What the service says to a request.
struct Answer {
  enum class When { soon, later, deadline };
  std::string_view name;  ///< for people: "status 429"
  std::uint32_t status = 0;
  std::string_view body{};
  std::uint32_t failure = MSGR_HTTP_RESPONSE;
  std::uint32_t request_sent = 1;
  When when = When::soon;
};

/// Answers of providers, good and bad, and every failure class, with and without a byte of the request sent.
std::span<const Answer> all_answers();
/// A 201 as Twilio gives it.
extern const Answer accepted;
/// Nothing comes; the request ends when its deadline passes, or when it is cancelled.
extern const Answer silence;
/// What the bodies of refusing answers hold, and no detail may.
inline constexpr std::string_view provider_words = "PROVIDER-WORDS-6f1c";

/// msgr.http/1 without a network. Answers come on a thread of its own, never inside request(). It lives as long as the
/// process: a plugin that breaks the rules may call it at any time.
class ScriptedHttp {
 public:
  /// `guard` is of the responses, whose time is their callback. `called` is told each function's name.
  ScriptedHttp(Guard guard, std::function<void(const char*)> called);
  ScriptedHttp(const ScriptedHttp&) = delete;
  ScriptedHttp& operator=(const ScriptedHttp&) = delete;
  ~ScriptedHttp() = delete;

  [[nodiscard]] const msgr_http* table() const { return &table_; }

  /// What requests get from now on.
  void answer(const Answer& answer);
  /// What request() itself gives from now on; MSGR_HTTP_STARTED = it takes them.
  void refuse_requests(std::uint32_t with);
  /// open() gives NULL after an issue from now on.
  void refuse_endpoints();

  [[nodiscard]] std::size_t opened() const;
  [[nodiscard]] std::size_t open_endpoints() const;
  [[nodiscard]] std::size_t requests() const;
  /// How its own rules were broken, one sentence each.
  [[nodiscard]] std::vector<std::string> misuse() const;
  /// Whether an exception came out of a callback.
  [[nodiscard]] bool callback_threw() const;

 private:
  friend struct ScriptedHttpFunctions;
  struct Table : msgr_http {
    ScriptedHttp* self;
  };
  struct Pending {
    msgr_http_endpoint* endpoint;
    std::uint64_t ticket, deadline_ns;
    msgr_http_done_fn done;
    void* ctx;
    Answer answer;
    std::chrono::steady_clock::time_point due;
  };

  [[noreturn]] void run();
  void deliver(const Pending& pending);
  bool is_busy(const msgr_http_endpoint* endpoint) const;
  void end_requests(const msgr_http_endpoint* endpoint, const std::uint64_t* ticket);
  std::chrono::steady_clock::time_point due(std::uint64_t deadline_ns) const;

  Table table_{};
  const Guard guard_;
  const std::function<void(const char*)> called_;
  mutable std::mutex mutex_;  // not held while a plugin is called
  std::condition_variable changed_;
  std::deque<msgr_http_endpoint> endpoints_;
  std::vector<Pending> pending_;
  std::vector<std::string> misuse_;
  Answer answer_;
  std::uint32_t request_answer_ = MSGR_HTTP_STARTED;
  std::size_t requests_ = 0;
  const msgr_http_endpoint* called_back_ = nullptr;  // whose callback is under way
  bool opens_ = true;
  bool threw_ = false;
  std::deque<Memory> responses_;  // of its own thread alone
  std::thread thread_;
};

}  // namespace messenger::host::conformance

/// Never freed, so that one used after close is seen.
struct msgr_http_endpoint {
  messenger::host::conformance::ScriptedHttp* http;
  bool open;
};
