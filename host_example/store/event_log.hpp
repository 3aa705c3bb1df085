// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

enum class EventType { information, debug, error };

/// "Information", "Debug", "Error"; static storage.
std::string_view to_string(EventType type) noexcept;

/// One entry. Its message is kept in clear, so that it can be searched: no secret, no code, numbers masked.
struct Event {
  std::int64_t id = 0, insert_instant = 0;
  EventType type = EventType::information;
  std::string message;
};

struct EventSearch {
  enum class Order { insert_instant, message, type };
  std::string message;  ///< any case; * stands for any text; without one, anywhere within; empty = all.
                        ///< A longer text than any message, 50'000 bytes, finds nothing.
  std::optional<EventType> type;
  std::optional<std::int64_t> start, end;  ///< epoch ms, both included
  Order order = Order::insert_instant;
  bool ascending = false;  ///< entries of one instant in order of id
  std::int64_t start_row = 0, number_of_results = 25;
};

struct EventPage {
  std::vector<Event> events;
  std::int64_t total = 0;
};

/// The event log, within a transaction.
class EventLog {
 public:
  /// Gives the entry's id.
  virtual std::int64_t add(EventType type, std::string_view message) = 0;
  virtual std::optional<Event> find(std::int64_t id) = 0;
  virtual EventPage search(const EventSearch& search) = 0;
  /// Removes the oldest beyond this many.
  virtual void retain(std::int64_t entries) = 0;

 protected:
  ~EventLog() = default;
};

}  // namespace messenger::host
