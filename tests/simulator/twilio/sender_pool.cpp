#include "simulator/twilio/sender_pool.hpp"

#include <array>
#include <string>

#include "simulator/twilio/message.hpp"

namespace messenger::simulator::twilio {
namespace {

/// A list of a service's senders, and the member that is the sender.
struct Pool {
  std::string_view list;
  std::string_view member;
};

// In the order in which a service prefers them.
constexpr std::array pools{Pool{"/DestinationAlphaSenders", "alpha_sender"}, Pool{"/AlphaSenders", "alpha_sender"},
                           Pool{"/ShortCodes", "short_code"}, Pool{"/PhoneNumbers", "phone_number"},
                           Pool{"/ChannelSenders", "sender"}};

// North America has no alphanumeric senders, and a channel has senders of its own.
bool reaches(const Pool& pool, std::string_view recipient) {
  const bool channel = recipient.find(':') != std::string_view::npos;
  if (channel || pool.member == "sender") return channel && pool.member == "sender";
  return pool.member != "alpha_sender" || !recipient.starts_with("+1");
}

std::string sender_from(const Store& store, const Record& service, std::string_view recipient) {
  for (const Pool& pool : pools) {
    if (!reaches(pool, recipient)) continue;
    const auto& senders = store.all(service.account, service.path() + std::string{pool.list});
    if (!senders.empty()) return std::string{senders.begin()->second.shown.at(pool.member).as_string()};
  }
  return {};
}

}  // namespace

std::size_t count_senders(const Store& store, const Record& service) {
  std::size_t count = 0;
  for (const Pool& pool : pools) count += store.all(service.account, service.path() + std::string{pool.list}).size();
  return count;
}

void choose_sender(Store& store, Record& message) {
  constexpr std::string_view console_number = "+15005550006";
  const Record* service = find_service(store, message.account, service_of(message));
  std::string sender = service == nullptr ? std::string{} : sender_from(store, *service, recipient_of(message));
  message.shown["from"] = sender.empty() ? std::string{console_number} : std::move(sender);
}

Record* find_service(Store& store, std::string_view account, std::string_view sid) {
  return store.find(account, "/v1/Services", sid);
}

}  // namespace messenger::simulator::twilio
