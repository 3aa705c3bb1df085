// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "delivery/circuit.hpp"
#include "messenger/loader/message.hpp"

namespace messenger::host {

/// Something of a circuit that the event log is to tell.
struct CircuitNote {
  enum class What {
    opened,
    closed,
    bypassed  ///< another messenger of a route is used in its place
  };
  What what;
  std::string messenger_id;
  std::string outcome, reason;    ///< of opened
  std::int64_t retry_at = 0;      ///< likewise
  std::string used_instead = {};  ///< of bypassed: the other's id
};

/// The circuits of all messengers, those never seen being closed. [one thread]
class Circuits {
 public:
  explicit Circuits(const Circuit::Settings& settings) : settings_(settings) {}
  void set(const Circuit::Settings& settings) noexcept { settings_ = settings; }

  bool admits(const std::string& messenger_id, std::int64_t now) const;
  /// Whether an attempt would be a probe: one at a time.
  bool is_half_open(const std::string& messenger_id, std::int64_t now) const;
  bool is_misconfigured(const std::string& messenger_id) const;
  /// 0 = closed
  std::int64_t retry_at(const std::string& messenger_id) const;

  std::uint64_t begin(const std::string& messenger_id, std::int64_t now);
  void abandon(const std::string& messenger_id, std::uint64_t begun);
  /// `reason` is a line without secrets.
  void end(const std::string& messenger_id, std::uint64_t begun, const loader::Result& result,
           const std::string& reason, std::int64_t now);
  void reset(const std::string& messenger_id);
  /// A later messenger is used because this one's circuit is open.
  void bypass(const std::string& messenger_id, const std::string& used_instead);

  /// What there is to tell since the last call.
  std::vector<CircuitNote> take_notes();
  const std::map<std::string, Circuit>& all() const noexcept { return circuits_; }

 private:
  const Circuit* find(const std::string& messenger_id) const;

  Circuit::Settings settings_;
  std::map<std::string, Circuit> circuits_;
  std::vector<CircuitNote> notes_;
};

}  // namespace messenger::host
