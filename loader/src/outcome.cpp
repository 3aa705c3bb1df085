// SPDX-License-Identifier: Apache-2.0
#include <messenger/plugin.h>
#include <messenger/loader/outcome.hpp>

namespace messenger::loader {

static_assert(static_cast<int>(Outcome::ok) == MSGR_OK);
static_assert(static_cast<int>(Outcome::retry) == MSGR_RETRY);
static_assert(static_cast<int>(Outcome::rejected) == MSGR_REJECTED);
static_assert(static_cast<int>(Outcome::config) == MSGR_CONFIG);
static_assert(static_cast<int>(Outcome::unknown) == MSGR_UNKNOWN);
static_assert(static_cast<int>(Outcome::cancelled) == MSGR_CANCELLED);
static_assert(static_cast<int>(Outcome::deadline) == MSGR_DEADLINE);

std::string_view to_string(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::ok:
      return "OK";
    case Outcome::retry:
      return "RETRY";
    case Outcome::rejected:
      return "REJECTED";
    case Outcome::config:
      return "CONFIG";
    case Outcome::unknown:
      return "UNKNOWN";
    case Outcome::cancelled:
      return "CANCELLED";
    case Outcome::deadline:
      return "DEADLINE";
  }
  return "UNKNOWN";
}

Outcome outcome_from(std::int32_t number) noexcept {
  return number >= MSGR_OK && number <= MSGR_DEADLINE ? static_cast<Outcome>(number) : Outcome::unknown;
}

}  // namespace messenger::loader
