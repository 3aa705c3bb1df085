// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/operations.h>
#include <messenger/receipts.h>

#include <atomic>
#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "conformance/memory.hpp"
#include "conformance/recording_host.hpp"
#include "conformance/scripted_http.hpp"
#include "conformance/subject.hpp"

namespace messenger::host::conformance {

using std::chrono::milliseconds;

/// A host struct and the services that it lends.
struct Lender {
  explicit Lender(Guard responses = Guard::none);
  RecordingHost& host;
  ScriptedHttp& http;
};

/// A message to send.
struct Draft {
  std::string to = "+15005550010";
  std::string from = "+15005550006";  ///< empty = absent, as locale
  std::string body = "Your code is 135790.";
  std::string kind = "SMS";
  std::string locale{};
  std::vector<std::pair<std::string, std::string>> attributes{};
  std::uint32_t flags = 0;
  std::string idempotency_key{};
  bool expires = false;
};

/// What is guarded in a session.
struct Guards {
  Guard configuration = Guard::none;
  Guard messages = Guard::none;  ///< and their ops; their time is until they are completed
  Guard responses = Guard::none;
};

/// One instance, from configure to destroy. Functions of the plugin are called as they are: what they throw comes out.
class Session {
 public:
  explicit Session(Subject& subject, Guards guards = {});
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() = delete;

  /// Calls configure. False, with said() and no instance, when the plugin refuses.
  bool configure(const std::string& json);
  [[nodiscard]] const Said& said() const { return said_; }

  /// Starts an op that has this long; gives its ticket. [any thread]
  std::uint64_t send(const Draft& draft = {}, milliseconds time = usual_time);
  /// Starts a call of the operation with this index, whose input is a JSON object; gives its ticket. [any thread]
  std::uint64_t call(std::uint32_t index, const std::string& input);
  /// msgr_receipts.read.
  std::uint32_t read(const msgr_callback& callback, msgr_receipt_fn told, void* ctx) {
    return subject_.receipts()->read(instance_, &callback, told, ctx);
  }
  /// Sends with this answer to whatever the plugin requests, and waits for the completion; false = none came in time.
  bool exchange(const Answer& answer, const Draft& draft = {});
  /// The same with every answer, one after another. Ends with the first op that is not completed: whether that is right
  /// is a rule of its own, and others would wait for it again and again.
  bool exchange_all(const Draft& draft = {});
  /// Waits until its deadline and a little longer.
  bool wait(std::uint64_t ticket) const { return lender_.host.wait(ticket, grace); }

  void cancel(std::uint64_t ticket) { plugin_.cancel(instance_, ticket); }
  /// True when it has no stop.
  bool stop();
  void destroy() { plugin_.destroy(std::exchange(instance_, nullptr)); }
  /// stop, destroy, and then nothing more. Of use where both have passed their rules.
  void end();

  [[nodiscard]] const msgr_plugin& plugin() const { return plugin_; }
  RecordingHost& host() { return lender_.host; }
  ScriptedHttp& http() { return lender_.http; }

  static constexpr milliseconds usual_time{1'000};
  /// How long after its deadline a completion may come: a deadline of the service is the op's own.
  static constexpr milliseconds grace{500};
  /// How long stop has.
  static constexpr milliseconds stop_time{2'000};

 private:
  static const msgr_message* place(Memory& memory, const Draft& draft);
  /// A new op in this memory, whose time begins now.
  const msgr_op* begin(Memory memory, msgr_str idempotency_key, milliseconds time);

  Subject& subject_;
  const msgr_plugin& plugin_;
  const Guards guards_;
  Lender lender_;
  Said said_;
  msgr_instance* instance_ = nullptr;
  Memory configuration_memory_;
  std::atomic<std::uint64_t> next_ticket_{1'000};
  std::mutex mutex_;
  std::map<std::uint64_t, Memory> memories_;  // of each op and its message, by ticket
};

/// A session whose instance is there; throws NotTried when the plugin gives none.
Session& open_session(Subject& subject, Guards guards = {});

}  // namespace messenger::host::conformance
