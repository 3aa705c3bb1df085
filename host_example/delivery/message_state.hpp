// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <messenger/loader/receipt.hpp>
#include <string>
#include <string_view>

namespace messenger::host {

/// Where a message stands at its provider, by all that was told of it.
struct MessageState {
  std::string message_id = {};  ///< ours; empty = not known
  loader::Status status = loader::Status::other;
  std::string provider_status = {};  ///< in the provider's own word; empty = it has told nothing yet
  std::string provider_code = {};    ///< its error code
};

/// Whether nothing comes behind this status, but that a delivered message is read.
bool is_final(loader::Status status) noexcept;

/// Takes in a receipt, whatever the order in which receipts come and however often. False when it changes nothing: it
/// is known, older than what is known, or behind the end.
bool take_in(MessageState& state, const loader::Receipt& receipt);

/// {"messageId", "status", "providerStatus", "providerCode"}, without what is empty.
boost::json::object to_json(const MessageState& state);
/// The same back; what is missing stays empty.
MessageState state_of(const boost::json::object& object);

}  // namespace messenger::host
