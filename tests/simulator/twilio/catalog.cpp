#include "simulator/twilio/catalog.hpp"

#include <array>

#include "simulator/twilio/account.hpp"
#include "simulator/twilio/feedback.hpp"
#include "simulator/twilio/media.hpp"
#include "simulator/twilio/message.hpp"
#include "simulator/twilio/short_code.hpp"

namespace messenger::simulator::twilio {

std::span<const Resource* const> resources() {
  static const std::array all{&messages, &account, &media, &short_codes};
  return all;
}

std::span<const Action* const> actions() {
  static const std::array all{&feedback};
  return all;
}

}  // namespace messenger::simulator::twilio
