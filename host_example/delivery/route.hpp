// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/message_type.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// Who may carry a message.
struct MessageRoute {
  std::string name;  ///< as the outbox has it
  MessageType::Selection selection = MessageType::Selection::order;
  std::vector<MessageType::Carrier> carriers;  ///< none: the message type is gone, or cannot be read
};

/// As it stands now; a message type that cannot be read has no carriers. Throws StoreError.
MessageRoute read_route(Transaction& transaction, const std::string& name);

/// The carriers' ids in the order in which they are to be tried: as they are named, or each next one by chance in
/// proportion to the weights of those left.
std::vector<std::string> preference(const MessageRoute& route, std::mt19937_64& chance);

}  // namespace messenger::host
