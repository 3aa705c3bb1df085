#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "simulator/http.hpp"

namespace messenger::simulator {

/// Who sent a request: the number of the TCP connection, and the name in the client's certificate if it showed one.
struct Client {
  std::uint64_t connection = 0;
  std::string name;
};

/// The newest requests that arrived, in order.
class RequestLog {
 public:
  static constexpr std::size_t capacity = 10'000;

  void add(const Request& request, const Client& client);
  void clear() { entries_.clear(); }

  /// Those whose path starts with the prefix.
  json::array list(std::string_view path_prefix) const;

 private:
  struct Entry {
    std::uint64_t id;
    Client client;
    Request request;
  };

  static json::object to_json(const Entry& entry);

  std::uint64_t last_id_ = 0;
  std::deque<Entry> entries_;
};

}  // namespace messenger::simulator
