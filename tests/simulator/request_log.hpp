#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>

#include "simulator/http.hpp"

namespace messenger::simulator {

/// The newest requests that arrived, in order.
class RequestLog {
 public:
  static constexpr std::size_t capacity = 10'000;

  /// `connection` is the number of the TCP connection it came on.
  void add(const Request& request, std::uint64_t connection);
  void clear() { entries_.clear(); }

  /// Those whose path starts with the prefix.
  json::array list(std::string_view path_prefix) const;

 private:
  struct Entry {
    std::uint64_t id;
    std::uint64_t connection;
    Request request;
  };

  static json::object to_json(const Entry& entry);

  std::uint64_t last_id_ = 0;
  std::deque<Entry> entries_;
};

}  // namespace messenger::simulator
