// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/loader/message.hpp>
#include <messenger/loader/registry.hpp>
#include <string>
#include <string_view>

#include "delivery/delivery.hpp"
#include "delivery/receipt_book.hpp"
#include "runtime/log.hpp"

namespace messenger::host {

/// Asks providers for receipts, and notes what they accepted, asked or not: its receipts find it, and it is not taken
/// for a message in doubt. [any thread]
class ReceiptRequests {
 public:
  /// The public URL as checked_public_url gives it; empty = none are asked for. All given outlive this.
  ReceiptRequests(const loader::Registry& registry, Store& store, const Log& log, std::string public_url);

  /// Says in the message where its receipts go, where its messenger's type takes any.
  void ask(const std::string& messenger_id, std::string_view type, OutgoingMessage& message) const;

  /// Notes the message when the provider of a stored messenger accepted it under an id. Blocks for the store; a store
  /// that fails is logged.
  void note(const std::string& messenger_id, const OutgoingMessage& message, const loader::Result& result) noexcept;

 private:
  const loader::Registry& registry_;
  Store& store_;
  const Log& log_;
  const std::string public_url_;
  ReceiptBook book_;
};

}  // namespace messenger::host
