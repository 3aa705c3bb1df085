#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace messenger::simulator {

/// An answer that replaces the real one; the request is not processed.
struct CannedAnswer {
  unsigned status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string content_type;
  std::string body;
};

/// The answer goes out as it is.
struct Whole {};
/// The request is read and never answered.
struct Silence {};
/// The answer goes out in small pieces.
struct Drip {
  std::chrono::milliseconds interval;
  std::size_t bytes;
};
/// The point of an exchange at which a connection is reset.
enum class ResetPoint { accept, before, after };
/// The connection ends with a TCP RST.
struct Reset {
  ResetPoint point;
};
/// The connection ends in good order, but without the answer.
struct Close {};
/// The answer ends after this many bytes of its body.
struct Truncate {
  std::size_t bytes;
};
/// What comes is not HTTP.
struct Garbage {};

using Delivery = std::variant<Whole, Silence, Drip, Reset, Close, Truncate, Garbage>;

/// What goes wrong with one exchange; by default nothing does.
struct Fault {
  std::chrono::milliseconds delay{0};
  std::optional<CannedAnswer> answer;
  Delivery delivery;
  boost::json::value source;

  /// Whether the request takes effect, for instance creates its message.
  bool processes() const;

  /// Whether this is a reset at that point.
  bool resets(ResetPoint point) const;
};

/// Reads the JSON form that docs/simulator.md describes; throws JsonError.
Fault parse_fault(const boost::json::value& source);

}  // namespace messenger::simulator
