// SPDX-License-Identifier: Apache-2.0
#include "events.hpp"

namespace messenger::loader {

Stats Counters::stats() const noexcept {
  Stats stats;
  stats.second_completions = get(Event::second_completion);
  stats.foreign_completions = get(Event::foreign_completion);
  stats.late_completions = get(Event::late_completion);
  stats.unknown_outcomes = get(Event::unknown_outcome);
  stats.deadline_answers = get(Event::deadline_answer);
  stats.stuck_sends = get(Event::stuck_send);
  stats.slow_calls = get(Event::slow_call);
  stats.slow_completions = get(Event::slow_completion);
  stats.plugin_exceptions = get(Event::plugin_exception);
  stats.completion_exceptions = get(Event::completion_exception);
  stats.unbalanced_leaves = get(Event::unbalanced_leave);
  stats.foreign_outputs = get(Event::foreign_output);
  stats.malformed_outputs = get(Event::malformed_output);
  stats.parked = get(Event::parked);
  return stats;
}

}  // namespace messenger::loader
