#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "simulator/callbacks.hpp"
#include "simulator/control.hpp"
#include "simulator/fault.hpp"
#include "simulator/fault_rules.hpp"
#include "simulator/http.hpp"
#include "simulator/options.hpp"
#include "simulator/request_log.hpp"
#include "simulator/twilio/api.hpp"

namespace messenger::simulator {

/// What the simulator knows and answers, apart from the network. Used by one thread at a time.
class Site {
 public:
  explicit Site(const Options& options);
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  /// Counts an exchange as in flight for as long as it lives.
  class InFlight {
   public:
    explicit InFlight(Site& site) : site_{site} { ++site_.in_flight_; }
    ~InFlight() { --site_.in_flight_; }
    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;

   private:
    Site& site_;
  };

  /// The fault that this request asks for or that a rule holds ready, which it then uses up.
  Fault fault_for(const Request& head);

  /// Remembers a request that arrived, unless it is a control call.
  void record(const Request& request, const Client& client);

  /// Processes a request.
  Response answer(const Request& request);

  RequestLog& requests() { return requests_; }
  FaultRules& faults() { return faults_; }
  twilio::Store& store() { return store_; }
  twilio::Life& life() { return life_; }
  Callbacks& callbacks() { return callbacks_; }

 private:
  RequestLog requests_;
  FaultRules faults_;
  twilio::Store store_;
  twilio::Accounts accounts_;
  twilio::Life life_;
  twilio::Rate rate_;
  Callbacks callbacks_;
  twilio::Api twilio_;
  Control control_;
  std::size_t in_flight_ = 0;
};

}  // namespace messenger::simulator
