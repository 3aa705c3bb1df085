#pragma once

#include <string_view>

#include "simulator/callbacks.hpp"
#include "simulator/fault_rules.hpp"
#include "simulator/form.hpp"
#include "simulator/http.hpp"
#include "simulator/request_log.hpp"
#include "simulator/twilio/life.hpp"
#include "simulator/twilio/store.hpp"

namespace messenger::simulator {

/// Every path of the control calls starts with it.
inline constexpr std::string_view control_prefix = "/simulator/";

/// Every message of every account, oldest first.
json::array list_messages(twilio::Store& store);

/// The calls by which a test looks into the simulator and orders faults.
class Control {
 public:
  /// All of them must outlive it.
  Control(RequestLog& requests, FaultRules& faults, twilio::Store& store, twilio::Life& life, Callbacks& callbacks)
      : requests_{requests}, faults_{faults}, store_{store}, life_{life}, callbacks_{callbacks} {}

  Response handle(const Request& request);

 private:
  Response handle_requests(const Request& request, const Target& target);
  Response handle_messages(const Request& request);
  Response handle_message(const Request& request, std::string_view sid);
  Response handle_faults(const Request& request);
  Response add_fault(const Request& request);
  Response handle_callbacks(const Request& request);
  Response handle_callback_faults(const Request& request);
  Response add_callback_fault(const Request& request);

  RequestLog& requests_;
  FaultRules& faults_;
  twilio::Store& store_;
  twilio::Life& life_;
  Callbacks& callbacks_;
};

}  // namespace messenger::simulator
