// SPDX-License-Identifier: Apache-2.0
// What a registry tells about configurations and about itself.
#ifndef MESSENGER_LOADER_REPORT_HPP
#define MESSENGER_LOADER_REPORT_HPP

#include <cstddef>
#include <cstdint>
#include <string>

namespace messenger::loader {

/// One problem of a configuration.
struct Issue {
  std::string pointer;  ///< RFC 6901, of the field; "" = the whole
  std::string code;     ///< "missing", "blank", "invalid", "invalidJSON", "unknown", "duplicate", or the plugin's own
  std::string text;     ///< one sentence
};

/// A configured messenger.
struct MessengerInfo {
  std::string id, type;
  std::size_t in_flight = 0;  ///< sends that its plugin has not completed
};

/// Counters since the registry was made.
struct Stats {
  std::uint64_t second_completions = 0;     ///< ignored: the plugin had completed that op already
  std::uint64_t foreign_completions = 0;    ///< ignored: a ticket that this messenger does not have
  std::uint64_t late_completions = 0;       ///< ignored: the caller had its answer already
  std::uint64_t unknown_outcomes = 0;       ///< outcome numbers out of range, read as UNKNOWN
  std::uint64_t deadline_answers = 0;       ///< UNKNOWN given because the plugin was silent until the deadline
  std::uint64_t stuck_sends = 0;            ///< of these, plugins that had not even returned from send
  std::uint64_t slow_calls = 0;             ///< calls into a plugin of 5 ms or more
  std::uint64_t slow_completions = 0;       ///< host callbacks of 5 ms or more
  std::uint64_t plugin_exceptions = 0;      ///< thrown through the C ABI and caught
  std::uint64_t completion_exceptions = 0;  ///< thrown by host callbacks, outputs too, and caught
  std::uint64_t unbalanced_leaves = 0;      ///< a service left a messenger it had not entered
  std::uint64_t foreign_outputs = 0;        ///< ignored: for no open call of this messenger, or two at once
  std::uint64_t malformed_outputs = 0;      ///< ignored: not JSON, or over 16 MiB
  std::uint64_t parked = 0;                 ///< instances that could not be ended and are kept for ever
};

/// How a shutdown ended.
struct ShutdownReport {
  std::size_t drained = 0;  ///< instances ended in good order during the shutdown
  std::size_t parked = 0;   ///< instances given up over the registry's life: keep services and libraries while > 0
};

}  // namespace messenger::loader

#endif
