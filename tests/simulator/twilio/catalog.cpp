#include "simulator/twilio/catalog.hpp"

#include <array>

#include "simulator/twilio/account.hpp"
#include "simulator/twilio/deactivation.hpp"
#include "simulator/twilio/feedback.hpp"
#include "simulator/twilio/link_shortening.hpp"
#include "simulator/twilio/media.hpp"
#include "simulator/twilio/message.hpp"
#include "simulator/twilio/pricing.hpp"
#include "simulator/twilio/service.hpp"
#include "simulator/twilio/service_sender.hpp"
#include "simulator/twilio/short_code.hpp"

namespace messenger::simulator::twilio {

std::span<const Resource* const> resources() {
  static constexpr std::array all{&messages,
                                  &account,
                                  &media,
                                  &short_codes,
                                  &services,
                                  &phone_numbers,
                                  &service_short_codes,
                                  &alpha_senders,
                                  &channel_senders,
                                  &destination_alpha_senders,
                                  &countries};
  return all;
}

const std::vector<Action>& actions() {
  static const std::vector<Action> all = [] {
    std::vector<Action> list{feedback, usecases, deactivations};
    const auto links = link_shortening();
    list.insert(list.end(), links.begin(), links.end());
    return list;
  }();
  return all;
}

}  // namespace messenger::simulator::twilio
