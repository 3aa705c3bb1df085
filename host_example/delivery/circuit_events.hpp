// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "delivery/circuits.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// Writes what there is to tell of a circuit into the event log: an Error entry when it was opened, Information entries
/// for the rest. Within a transaction; throws StoreError.
void write_circuit_event(Transaction& transaction, const CircuitNote& note);

/// The same in one line, for the log.
std::string_view headline(CircuitNote::What what) noexcept;

}  // namespace messenger::host
