#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "simulator/twilio/instant.hpp"

namespace messenger::simulator::twilio {

/// How many messages an account may create in a second.
class Rate {
 public:
  /// 0 = any number.
  explicit Rate(std::size_t per_second) : per_second_{per_second} {}

  /// Whether the account may create another one; counts it if so.
  bool admit(const std::string& account, Instant now);

 private:
  struct Window {
    Instant begin;
    std::size_t used = 0;
  };

  std::size_t per_second_;
  std::map<std::string, Window> windows_;
};

}  // namespace messenger::simulator::twilio
