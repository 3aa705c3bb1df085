// SPDX-License-Identifier: Apache-2.0
#include "delivery/circuits.hpp"

#include <utility>

namespace messenger::host {

const Circuit* Circuits::find(const std::string& messenger_id) const {
  const auto found = circuits_.find(messenger_id);
  return found == circuits_.end() ? nullptr : &found->second;
}

bool Circuits::admits(const std::string& messenger_id, std::int64_t now) const {
  const Circuit* const circuit = find(messenger_id);
  return circuit == nullptr || circuit->admits(now);
}

bool Circuits::is_half_open(const std::string& messenger_id, std::int64_t now) const {
  const Circuit* const circuit = find(messenger_id);
  return circuit != nullptr && circuit->position(now) == Circuit::Position::half_open;
}

bool Circuits::is_misconfigured(const std::string& messenger_id) const {
  const Circuit* const circuit = find(messenger_id);
  return circuit != nullptr && circuit->is_misconfigured();
}

std::int64_t Circuits::retry_at(const std::string& messenger_id) const {
  const Circuit* const circuit = find(messenger_id);
  return circuit == nullptr ? 0 : circuit->retry_at();
}

std::uint64_t Circuits::begin(const std::string& messenger_id, std::int64_t now) {
  return circuits_[messenger_id].begin(now);
}

void Circuits::abandon(const std::string& messenger_id, std::uint64_t begun) {
  circuits_[messenger_id].abandon(begun);
}

void Circuits::end(const std::string& messenger_id, std::uint64_t begun, const loader::Result& result,
                   const std::string& reason, std::int64_t now) {
  Circuit& circuit = circuits_[messenger_id];
  switch (circuit.end(begun, result.outcome, result.retry_after, reason, now, settings_)) {
    case Circuit::Change::opened:
      notes_.push_back({CircuitNote::What::opened, messenger_id, std::string(to_string(result.outcome)), reason,
                        circuit.retry_at()});
      break;
    case Circuit::Change::closed:
      notes_.push_back({CircuitNote::What::closed, messenger_id, {}, {}});
      break;
    case Circuit::Change::none:
      break;
  }
}

void Circuits::reset(const std::string& messenger_id) {
  const auto found = circuits_.find(messenger_id);
  if (found == circuits_.end()) {
    return;
  }
  if (found->second.retry_at() != 0) {
    notes_.push_back({CircuitNote::What::closed, messenger_id, {}, {}});
  }
  found->second.reset();
}

void Circuits::bypass(const std::string& messenger_id, const std::string& used_instead) {
  if (circuits_[messenger_id].tell_bypassed()) {
    notes_.push_back({CircuitNote::What::bypassed, messenger_id, {}, {}, 0, used_instead});
  }
}

std::vector<CircuitNote> Circuits::take_notes() {
  return std::exchange(notes_, {});
}

}  // namespace messenger::host
