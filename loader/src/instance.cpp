// SPDX-License-Identifier: Apache-2.0
#include "instance.hpp"

#include <bit>

#include "core.hpp"
#include "host_table.hpp"

namespace messenger::loader {

Instance::Instance(std::shared_ptr<Core> core, std::shared_ptr<const PluginType> type, std::string id)
    : slots(core->options.max_in_flight),
      host_{make_host_table(), this},
      core_(std::move(core)),
      type_(std::move(type)),
      id_(std::move(id)) {}

bool Instance::try_pin() noexcept {
  if (pins.add_if_alive()) return true;
  unpin(1);  // not by a plain subtraction: the reaper may have seen the pin and gone to sleep
  return false;
}

void Instance::unpin(std::uint64_t count) noexcept {
  if (pins.release_unless_closing(count)) return;
  // Once the last pin is gone the reaper may end and free this instance, and with it the way to the reaper.
  const std::shared_ptr<Core> core = core_;
  if (pins.release_last(count)) core->reaper.wake();
}

void Instance::note(Event event, LogLevel level, std::string_view text, std::uint64_t ticket) noexcept {
  core_->counters.add(event);
  const std::uint64_t count = counts_.add(event);
  if (!std::has_single_bit(count)) return;
  try {
    std::string line(text);
    if (ticket != 0) line += ", ticket " + std::to_string(ticket);
    if (count != 1) line += " (" + std::to_string(count) + " times so far)";
    core_->log.write(level, id_, line);
  } catch (...) {  // no memory for a line of log; the event is counted
  }
}

}  // namespace messenger::loader
