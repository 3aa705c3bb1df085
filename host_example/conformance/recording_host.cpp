// SPDX-License-Identifier: Apache-2.0
#include "conformance/recording_host.hpp"

#include "loader/src/utf8.hpp"

namespace messenger::host::conformance {

/// The functions of the table.
struct RecordingHostFunctions {
  static RecordingHost& of(const msgr_host* host, const char* function) {
    RecordingHost& self = *static_cast<const RecordingHost::Table*>(host)->self;
    self.note_call(function);
    return self;
  }

  static void log(const msgr_host* host, std::int32_t, msgr_str text) {
    RecordingHost& self = of(host, "log");
    const std::lock_guard lock(self.mutex_);
    self.log_lines_.emplace_back(loader::view(text));
  }

  static std::uint64_t now(const msgr_host* host) {
    of(host, "now_ns");
    return static_cast<std::uint64_t>(Clock::now().time_since_epoch() / std::chrono::nanoseconds(1));
  }

  static void complete(const msgr_host* host, std::uint64_t ticket, std::int32_t outcome, const msgr_result* result) {
    RecordingHost& self = of(host, "complete");
    Completed completed{.outcome = outcome, .provider_id = {}, .provider_code = {}, .detail = {}};
    if (result != nullptr && MSGR_HAS(result, msgr_result, detail)) {
      completed.provider_id = loader::view(result->provider_id);
      completed.provider_code = loader::view(result->provider_code);
      completed.detail = loader::view(result->detail);
    }
    const std::lock_guard lock(self.mutex_);
    const auto op = self.ops_.find(ticket);
    if (op == self.ops_.end()) {
      self.foreign_.push_back(ticket);
      return;
    }
    op->second.completions.push_back(std::move(completed));
    if (self.on_complete && op->second.completions.size() == 1) {
      self.on_complete(ticket);
    }
    self.completed_.notify_all();
  }

  static std::uint32_t output(const msgr_host* host, std::uint64_t ticket, msgr_str json) {
    RecordingHost& self = of(host, "output");
    const std::lock_guard lock(self.mutex_);
    const auto op = self.ops_.find(ticket);
    if (op == self.ops_.end()) {
      self.foreign_.push_back(ticket);
      return 0;
    }
    op->second.outputs.emplace_back(loader::view(json));
    op->second.late_outputs += op->second.completions.empty() ? 0U : 1U;
    return 1;
  }

  static const void* extension(const msgr_host* host, const char* id) {
    const RecordingHost& self = of(host, "get_extension");
    const auto service = self.services_.find(std::string_view(id));
    return service == self.services_.end() ? nullptr : service->second;
  }

  static std::uint32_t find_certificate(const msgr_certificates*, msgr_str, msgr_certificate_fn, void*) { return 0; }
};

RecordingHost::RecordingHost() {
  static_cast<msgr_host&>(table_) = {sizeof(msgr_host),
                                     MSGR_ABI_MINOR,
                                     &RecordingHostFunctions::log,
                                     &RecordingHostFunctions::now,
                                     &RecordingHostFunctions::complete,
                                     &RecordingHostFunctions::extension,
                                     [](const msgr_host*) {},
                                     [](const msgr_host*) {},
                                     &RecordingHostFunctions::output};
  table_.self = this;
  certificates_ = {sizeof(certificates_), 0, &RecordingHostFunctions::find_certificate};
  lend(MSGR_CERTIFICATES_1, &certificates_);
}

void RecordingHost::expect(std::uint64_t ticket, Clock::time_point deadline) {
  const std::lock_guard lock(mutex_);
  ops_.emplace(ticket, OpRecord{deadline});
}

bool RecordingHost::wait(std::uint64_t ticket, std::chrono::milliseconds grace) const {
  std::unique_lock lock(mutex_);
  const OpRecord& op = ops_.at(ticket);
  return completed_.wait_until(lock, op.deadline + grace, [&] { return !op.completions.empty(); });
}

std::map<std::uint64_t, OpRecord> RecordingHost::ops() const {
  const std::lock_guard lock(mutex_);
  return ops_;
}

std::size_t RecordingHost::completions() const {
  const std::lock_guard lock(mutex_);
  std::size_t count = foreign_.size();
  for (const auto& [ticket, op] : ops_) {
    count += op.completions.size();
  }
  return count;
}

std::vector<std::uint64_t> RecordingHost::foreign() const {
  const std::lock_guard lock(mutex_);
  return foreign_;
}

std::vector<std::string> RecordingHost::log_lines() const {
  const std::lock_guard lock(mutex_);
  return log_lines_;
}

void RecordingHost::end() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
}

std::vector<std::string> RecordingHost::late_calls() const {
  const std::lock_guard lock(mutex_);
  return late_calls_;
}

void RecordingHost::note_call(const char* function) {
  const std::lock_guard lock(mutex_);
  if (ended_) {
    late_calls_.emplace_back(function);
  }
}

}  // namespace messenger::host::conformance
