// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>

#include "delivery/delivery.hpp"
#include "delivery/known_messengers.hpp"
#include "delivery/send.hpp"

namespace messenger::host {

/// A message on its way through a messenger, and how that went. What may hold a code is wiped when it goes.
struct Attempt {
  explicit Attempt(OutgoingMessage what) : message(std::move(what)) { result.began = now_ms(); }
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;
  ~Attempt() { wipe_message(message); }

  std::shared_ptr<const KnownMessenger> messenger;
  OutgoingMessage message;
  AttemptResult result;  // whole once it has ended
};

}  // namespace messenger::host
