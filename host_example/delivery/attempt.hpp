// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>

#include "delivery/delivery.hpp"
#include "delivery/known_messengers.hpp"
#include "delivery/send.hpp"

namespace messenger::host {

/// A message on its way through a messenger. What may hold a code is wiped when it goes.
struct Attempt {
  Attempt(OutgoingMessage what, Delivery::Done then) : message(std::move(what)), done(std::move(then)) {}
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;
  ~Attempt() { wipe_message(message); }

  std::shared_ptr<const KnownMessenger> messenger;
  OutgoingMessage message;
  Delivery::Done done;
  std::int64_t began = now_ms();
};

}  // namespace messenger::host
