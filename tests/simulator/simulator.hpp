#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "simulator/options.hpp"

namespace messenger::simulator {

/// Stands in for Twilio and for a webhook receiver on a loopback address, on a thread of its own.
/// Its calls may come from any thread, one at a time.
class Simulator {
 public:
  /// Throws std::invalid_argument for options that contradict each other.
  explicit Simulator(Options options = {});
  ~Simulator();
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  /// Returns once it listens; throws when it cannot. It may be started again after a stop.
  void start();

  /// Drops every connection and ends the thread. Requests and messages can still be read.
  void stop();

  /// http://127.0.0.1:PORT, or https; from start() on.
  const std::string& url() const;
  std::uint16_t port() const;

  /// What GET /simulator/requests tells.
  boost::json::array requests(std::string_view path_prefix = {});

  /// What GET /simulator/messages tells.
  boost::json::array messages();

  /// What GET /simulator/callbacks tells.
  boost::json::array callbacks();

  /// What POST /simulator/faults does; throws std::invalid_argument.
  void add_fault(std::string_view rule);

  /// Forgets requests, messages, callbacks and faults.
  void clear();

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace messenger::simulator
