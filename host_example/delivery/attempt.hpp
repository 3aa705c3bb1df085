// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <utility>

#include "delivery/delivery.hpp"
#include "delivery/send.hpp"
#include "delivery/trace.hpp"

namespace messenger::host {

/// A message on its way through a messenger. What may hold a code is wiped when it goes.
struct Attempt {
  Attempt(TracedMessenger via, OutgoingMessage what, Delivery::Done then)
      : messenger(std::move(via)), message(std::move(what)), done(std::move(then)) {}
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;
  ~Attempt() { wipe_message(message); }

  TracedMessenger messenger;
  OutgoingMessage message;
  Delivery::Done done;
  std::chrono::system_clock::time_point began = std::chrono::system_clock::now();
  std::chrono::system_clock::time_point ended = began;  ///< when its result came
  bool can_reconcile = false;                           ///< the messenger can look for a message that it may have sent
};

}  // namespace messenger::host
