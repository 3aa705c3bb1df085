// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <messenger/loader/registry.hpp>
#include <string>

#include "delivery/delivery.hpp"
#include "delivery/send.hpp"

namespace messenger::host {

/// How long a messenger may look for a message.
constexpr std::chrono::milliseconds time_to_look{10'000};

/// A message whose attempt ended UNKNOWN, and when that was, in epoch ms. What may hold a code is wiped when it goes.
struct Doubt {
  Doubt() = default;
  Doubt(const Doubt&) = delete;
  Doubt& operator=(const Doubt&) = delete;
  ~Doubt() { wipe_message(message); }

  std::string messenger_id;
  OutgoingMessage message;
  std::int64_t began = 0, ended = 0;
};

/// Asks the messenger to look for the message; one that cannot ends it as REJECTED or CONFIG. `done` is called once,
/// perhaps before this returns; it should return soon. The evidence is JSON; empty = none. The text is copied into
/// memory that is wiped. Not found is not known: nothing may ever be sent again because of it.
void start_look(loader::Registry& registry, const Doubt& doubt,
                std::function<void(const loader::Result& result, const std::string& evidence)> done);

}  // namespace messenger::host
