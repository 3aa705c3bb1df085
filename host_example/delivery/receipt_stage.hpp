// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "delivery/message_state.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// Moves our message, if it is one of the outbox, to where its provider says that it stands; never back. Gives its
/// stage when it has moved. The provider's own words do not go into its history, but a short code.
std::optional<MessageStage> move_by_receipt(Transaction& transaction, const MessageState& state,
                                            const std::string& messenger_id, const std::string& provider_id,
                                            std::int64_t now);

}  // namespace messenger::host
