#pragma once

#include <cstddef>
#include <string_view>

#include "simulator/form.hpp"
#include "simulator/http.hpp"
#include "simulator/twilio/accounts.hpp"
#include "simulator/twilio/message_store.hpp"

namespace messenger::simulator::twilio {

/// Every path of the API starts with it.
inline constexpr std::string_view api_prefix = "/2010-04-01/";

/// Twilio's Messages resource: create, fetch, list.
class Api {
 public:
  /// The store must outlive the API.
  Api(Accounts accounts, MessageStore& messages);

  /// `in_flight` is what Twilio-Concurrent-Requests tells.
  Response handle(const Request& request, std::size_t in_flight);

 private:
  Response route(const Request& request);
  Response create(const Request& request, std::string_view account);
  Response fetch(std::string_view account, std::string_view sid, std::string_view path) const;

  Accounts accounts_;
  MessageStore& messages_;
};

}  // namespace messenger::simulator::twilio
