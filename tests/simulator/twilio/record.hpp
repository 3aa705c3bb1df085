#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>

#include "simulator/twilio/instant.hpp"

namespace messenger::simulator::twilio {

/// One resource that exists.
struct Record {
  /// Its place in the order of creation, over all resources; never given twice.
  std::uint64_t number = 0;
  std::string account;
  /// The path of the list that it is in, without .json.
  std::string collection;
  std::string sid;
  Instant created;
  /// Its members as a client sees them, but for those that need the request's host.
  boost::json::object shown;
  /// What no client sees.
  boost::json::object hidden;
  /// How often its course was set; a step of an earlier course no longer counts.
  std::uint64_t course = 0;

  /// The path of the resource itself, without .json.
  std::string path() const { return collection + "/" + sid; }
};

}  // namespace messenger::simulator::twilio
