// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/certificates.h>
#include <messenger/plugin.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host::conformance {

using Clock = std::chrono::steady_clock;

/// A completion as the plugin gave it.
struct Completed {
  std::int32_t outcome;
  std::string provider_id, provider_code, detail;
};

/// An op as the host sees it.
struct OpRecord {
  Clock::time_point deadline;
  std::vector<Completed> completions{};
  std::vector<std::string> outputs{};
  std::size_t late_outputs = 0;  ///< after the first completion
};

/// The host struct of one instance, in the raw: whatever the plugin does with it is written down, nothing is put right.
/// It lives as long as the process, because a plugin that breaks the rules may call it at any time.
class RecordingHost {
 public:
  RecordingHost();
  RecordingHost(const RecordingHost&) = delete;
  RecordingHost& operator=(const RecordingHost&) = delete;
  ~RecordingHost() = delete;

  [[nodiscard]] const msgr_host* raw() const { return &table_; }
  /// Lends a service; before the plugin has the host.
  void lend(std::string_view id, const void* service) { services_.insert_or_assign(std::string(id), service); }
  /// Runs in an op's first complete(), once that is recorded.
  std::function<void(std::uint64_t ticket)> on_complete;

  /// A new op begins.
  void expect(std::uint64_t ticket, Clock::time_point deadline);
  /// Waits for the op's first completion; false when there was none until so long after its deadline.
  bool wait(std::uint64_t ticket, std::chrono::milliseconds grace) const;
  [[nodiscard]] std::map<std::uint64_t, OpRecord> ops() const;
  /// How many completions came in all, whatever they were of.
  [[nodiscard]] std::size_t completions() const;
  /// Tickets that were completed although they are no op's.
  [[nodiscard]] std::vector<std::uint64_t> foreign() const;
  [[nodiscard]] std::vector<std::string> log_lines() const;

  /// The instance is destroyed: from now on every call is late.
  void end();
  [[nodiscard]] std::vector<std::string> late_calls() const;
  /// A call of any function that the plugin was lent.
  void note_call(const char* function);

 private:
  friend struct RecordingHostFunctions;
  struct Table : msgr_host {
    RecordingHost* self;
  };

  Table table_{};
  msgr_certificates certificates_{};
  std::map<std::string, const void*, std::less<>> services_;
  mutable std::mutex mutex_;
  mutable std::condition_variable completed_;
  std::map<std::uint64_t, OpRecord> ops_;
  std::vector<std::uint64_t> foreign_;
  std::vector<std::string> log_lines_, late_calls_;
  bool ended_ = false;
};

}  // namespace messenger::host::conformance
