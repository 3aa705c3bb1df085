// SPDX-License-Identifier: Apache-2.0
#include "delivery/receipt_requests.hpp"

#include <messenger/receipts.h>

#include "delivery/receipt_url.hpp"
#include "runtime/type_info.hpp"

namespace messenger::host {

ReceiptRequests::ReceiptRequests(const loader::Registry& registry, Store& store, const Log& log, std::string public_url)
    : registry_(registry), store_(store), log_(log), public_url_(std::move(public_url)), book_(store) {}

void ReceiptRequests::ask(const std::string& messenger_id, std::string_view type, OutgoingMessage& message) const {
  if (public_url_.empty()) {
    return;
  }
  if (const auto info = find_type(registry_, type); info && info->reads_receipts) {
    message.attributes.emplace_back(MSGR_RECEIPT_URL, receipt_url(public_url_, messenger_id));
  }
}

void ReceiptRequests::note(const std::string& messenger_id, const OutgoingMessage& message,
                           const loader::Result& result) noexcept {
  if (messenger_id.empty() || result.outcome != loader::Outcome::ok || result.provider_id.empty()) {
    return;
  }
  try {
    const auto noted = store_.with([&](Transaction& transaction) {
      const ProviderKey key{messenger_id, result.provider_id};
      ReceiptBook::hold(transaction, {&key, 1});
      return book_.note_sent(transaction, key, message.id);
    });
    if (!noted) {
      log_.error("The provider accepted a message under an id that is noted for another.", {{"messageId", message.id}});
    }
  } catch (const std::exception& error) {
    log_.error("A message could not be noted for its receipts: " + std::string(error.what()),
               {{"messageId", message.id}});
  }
}

}  // namespace messenger::host
