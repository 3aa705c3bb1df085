#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "simulator/twilio/instant.hpp"
#include "simulator/twilio/store.hpp"

namespace messenger::simulator::twilio {

/// Takes messages from one status to the next as time goes by. It has no clock and no thread: whoever has one asks
/// next() when to call advance().
class Life {
 public:
  /// The store must outlive it. `step` is how long each status lasts; 0 = a message keeps its first one.
  Life(Store& store, std::chrono::milliseconds step) : store_{store}, step_{step} {}

  /// Called after each change of a message's status.
  void on_change(std::function<void(const Record&)> call) { changed_ = std::move(call); }

  /// Called when next() has become earlier.
  void on_earlier(std::function<void()> call) { earlier_ = std::move(call); }

  /// Starts the course of a new message; one with `send_at` waits until then, also when steps take no time.
  void begin(Record& message, std::optional<Instant> send_at, Instant now);

  /// When the next step is due.
  std::optional<Instant> next() const;

  /// Does every step that is due.
  void advance(Instant now);

  /// Sets a status by hand, after which the message stays as it is. `error` 0 = none.
  void set_status(Record& message, std::string_view status, std::int64_t error, Instant now);

 private:
  struct Step {
    std::string account;
    std::string collection;
    std::string sid;
    std::uint64_t course;
  };

  void plan(Record& message, Instant when);
  void take(const Step& step, Instant now);
  void change(Record& message, std::string_view status, std::int64_t error, Instant now);

  Store& store_;
  std::chrono::milliseconds step_;
  std::multimap<Instant, Step> steps_;
  std::function<void(const Record&)> changed_ = [](const Record&) {};
  std::function<void()> earlier_ = [] {};
};

}  // namespace messenger::simulator::twilio
