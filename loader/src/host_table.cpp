// SPDX-License-Identifier: Apache-2.0
#include "host_table.hpp"

#include <algorithm>

#include "clock.hpp"
#include "completion.hpp"
#include "core.hpp"
#include "instance.hpp"
#include "output.hpp"
#include "thread_state.hpp"
#include "utf8.hpp"

namespace messenger::loader {
namespace {

constexpr std::size_t log_line_limit = 2048;

Instance& owner(const msgr_host* host) noexcept {
  return *reinterpret_cast<const HostTable*>(host)->owner;
}

void host_log(const msgr_host* host, std::int32_t level, msgr_str text) noexcept {
  const Instance& instance = owner(host);
  try {
    std::string line;
    repair_utf8(line, view(text), log_line_limit);
    const std::int32_t known = std::clamp<std::int32_t>(level, MSGR_LOG_DEBUG, MSGR_LOG_ERROR);
    instance.core().log.write(static_cast<LogLevel>(known), instance.id(), line);
  } catch (...) {  // no memory for a line of log
  }
}

std::uint64_t host_now(const msgr_host*) noexcept {
  return static_cast<std::uint64_t>(now_ns());
}

void host_complete(const msgr_host* host, std::uint64_t ticket, std::int32_t outcome,
                   const msgr_result* result) noexcept {
  complete_from_plugin(owner(host), ticket, outcome, result);
}

const void* host_extension(const msgr_host* host, const char* id) noexcept {
  return id == nullptr ? nullptr : owner(host).core().service(id);
}

void host_enter(const msgr_host* host) noexcept {
  Instance& instance = owner(host);
  instance.pins.enter();
  ThreadState::current().service_calls.enter(&instance, now_ns());
}

void host_leave(const msgr_host* host) noexcept {
  Instance& instance = owner(host);
  const std::int64_t took = ThreadState::current().service_calls.leave(&instance, now_ns());
  if (!instance.pins.leave_to_pin()) {
    instance.note(Event::unbalanced_leave, LogLevel::error, "a service left a messenger that it had not entered");
    return;
  }
  if (took >= slow_call_ns) {
    instance.note(Event::slow_call, LogLevel::warning, "the plugin held a service's thread for 5 ms or more");
  }
  instance.unpin(1);
}

std::uint32_t host_output(const msgr_host* host, std::uint64_t ticket, msgr_str json) noexcept {
  return output_from_plugin(owner(host), ticket, view(json)) ? 1 : 0;
}

}  // namespace

msgr_host make_host_table() noexcept {
  return {.size = sizeof(msgr_host),
          .abi_minor = MSGR_ABI_MINOR,
          .log = host_log,
          .now_ns = host_now,
          .complete = host_complete,
          .get_extension = host_extension,
          .enter = host_enter,
          .leave = host_leave,
          .output = host_output};
}

}  // namespace messenger::loader
