#pragma once

#include <string_view>

#include "simulator/fault_rules.hpp"
#include "simulator/form.hpp"
#include "simulator/http.hpp"
#include "simulator/request_log.hpp"
#include "simulator/twilio/message_store.hpp"

namespace messenger::simulator {

/// Every path of the control calls starts with it.
inline constexpr std::string_view control_prefix = "/simulator/";

/// The calls by which a test looks into the simulator and orders faults.
class Control {
 public:
  /// All three must outlive it.
  Control(RequestLog& requests, FaultRules& faults, twilio::MessageStore& messages)
      : requests_{requests}, faults_{faults}, messages_{messages} {}

  Response handle(const Request& request);

 private:
  Response handle_requests(const Request& request, const Target& target);
  Response handle_messages(const Request& request);
  Response handle_faults(const Request& request);
  Response add_fault(const Request& request);

  RequestLog& requests_;
  FaultRules& faults_;
  twilio::MessageStore& messages_;
};

}  // namespace messenger::simulator
