// SPDX-License-Identifier: Apache-2.0
// What became of a send.
#ifndef MESSENGER_LOADER_OUTCOME_HPP
#define MESSENGER_LOADER_OUTCOME_HPP

#include <cstdint>
#include <messenger/loader/export.hpp>
#include <string_view>

namespace messenger::loader {

/// The value alone says whether another attempt is safe; the numbers are those of MSGR_OK … MSGR_DEADLINE.
enum class Outcome : std::int32_t {
  ok = 0,         ///< the provider accepted it
  retry = 1,      ///< certainly not sent; may be tried again
  rejected = 2,   ///< not sent; this message to this destination never will be
  config = 3,     ///< not sent; nothing will be until the messenger is configured anew
  unknown = 4,    ///< it may have been sent: never try again by yourself
  cancelled = 5,  ///< certainly not sent: cancel() ended it
  deadline = 6    ///< certainly not sent: its time ran out
};

/// "OK", "RETRY", … ; static storage. [any thread]
MESSENGER_LOADER_API std::string_view to_string(Outcome outcome) noexcept;

/// The outcome of a number from a plugin; any other number is Outcome::unknown. [any thread]
MESSENGER_LOADER_API Outcome outcome_from(std::int32_t number) noexcept;

}  // namespace messenger::loader

#endif
