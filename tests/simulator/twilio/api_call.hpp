#pragma once

#include <string>
#include <vector>

#include "simulator/form.hpp"
#include "simulator/http.hpp"
#include "simulator/twilio/accounts.hpp"
#include "simulator/twilio/instant.hpp"
#include "simulator/twilio/life.hpp"
#include "simulator/twilio/rate.hpp"
#include "simulator/twilio/store.hpp"

namespace messenger::simulator::twilio {

/// What a call can see and change.
struct World {
  Store& store;
  Accounts& accounts;
  Life& life;
  Rate& rate;
};

/// One authenticated call on a path that exists.
struct ApiCall {
  World& world;
  /// Without .json.
  std::string path;
  /// Whose resources it sees.
  std::string account;
  /// What the path names, in order.
  std::vector<std::string> names;
  Form query;
  Form form;
  /// http://127.0.0.1:8025, as the client called it.
  std::string host;
  Instant now;
};

}  // namespace messenger::simulator::twilio
