// SPDX-License-Identifier: Apache-2.0
#include "delivery/receipt_intake.hpp"

#include <algorithm>

#include "delivery/event_text.hpp"
#include "delivery/masking.hpp"
#include "delivery/receipt_stage.hpp"
#include "delivery/receipt_url.hpp"
#include "delivery/stored_messenger.hpp"
#include "delivery/trace.hpp"
#include "runtime/type_info.hpp"

namespace messenger::host {

using loader::Reading;
using loader::Status;

namespace {

bool is_failure(Status status) noexcept {
  return status == Status::undelivered || status == Status::failed;
}

std::string describe(const std::string& messenger, const loader::Receipt& receipt, const MessageState& state,
                     const Masker& masker) {
  std::string text(is_failure(state.status) ? "The provider did not deliver a message."
                                            : "The provider told where a message stands.");
  append_line(text, "Status", to_string(state.status));
  append_line(text, "Messenger", messenger);
  append_line(text, "Message", state.message_id);
  append_line(text, "Provider id", masker(receipt.provider_id));
  append_line(text, "Provider status", masker(state.provider_status));
  append_line(text, "Provider code", masker(state.provider_code));
  return text;
}

bool is_of_nothing_sent(const loader::Receipt& receipt) noexcept {
  return receipt.status == Status::inbound || receipt.provider_id.empty();
}

std::vector<ProviderKey> provider_keys(const std::string& messenger_id, const std::vector<loader::Receipt>& receipts) {
  std::vector<ProviderKey> keys;
  for (const loader::Receipt& receipt : receipts) {
    if (!is_of_nothing_sent(receipt)) {
      keys.push_back({messenger_id, receipt.provider_id});
    }
  }
  return keys;
}

ReceiptIntake::Verdict verdict_of(Reading reading) noexcept {
  switch (reading) {
    case Reading::read:
      return ReceiptIntake::Verdict::kept;
    case Reading::malformed:
      return ReceiptIntake::Verdict::malformed;
    case Reading::forged:
      break;
  }
  return ReceiptIntake::Verdict::forged;
}

}  // namespace

ReceiptIntake::ReceiptIntake(Runtime& runtime, Store& store, const Log& log, Options options)
    : runtime_(runtime),
      store_(store),
      log_(log),
      options_(std::move(options)),
      book_(store),
      gate_(options_.per_second),
      limit_(options_.event_log_entries) {}

// Behind all that waits, so that nothing is refused after it.
ReceiptIntake::~ReceiptIntake() {
  queue_.post([this] {
    for (const ReceiptGate::Refused& refused : gate_.rest()) {
      tell(refused, {});
    }
  });
}

void ReceiptIntake::take(IncomingReceipt incoming, Done done) {
  if (!takes_receipts(incoming.messenger_id)) {
    return done({Verdict::unknown});
  }
  if (waiting_.fetch_add(1) >= options_.most_waiting) {
    --waiting_;
    refuse(incoming, Refusal::too_many);
    return done({Verdict::busy});
  }
  queue_.post([this, incoming = std::move(incoming), done = std::move(done)] {
    --waiting_;
    done(answer_to(incoming));
  });
}

ReceiptIntake::Answer ReceiptIntake::answer_to(const IncomingReceipt& incoming) noexcept {
  try {
    return look_at(incoming);
  } catch (const StoreBusy& error) {
    log_.warning("A receipt found no store: " + std::string(error.what()), {{"requestId", incoming.request_id}});
    return {Verdict::busy};
  } catch (const std::exception& error) {
    log_.error("A receipt could not be kept: " + std::string(error.what()), {{"requestId", incoming.request_id}});
    return {Verdict::failed};
  }
}

ReceiptIntake::Answer ReceiptIntake::look_at(const IncomingReceipt& incoming) {
  std::vector<loader::Receipt> receipts;
  const Reading reading = read(incoming, receipts);
  const auto wait = gate_.pass(incoming.messenger_id, reading != Reading::forged, ReceiptGate::Clock::now());
  if (reading == Reading::forged) {
    refuse(incoming, Refusal::forged);
  } else if (reading == Reading::malformed) {
    refuse(incoming, Refusal::malformed);
  } else if (wait) {
    refuse(incoming, Refusal::too_many);
  } else {
    keep(incoming, receipts);
  }
  if (wait) {
    return {Verdict::too_many, *wait};
  }
  return {verdict_of(reading)};
}

bool ReceiptIntake::takes_receipts(const std::string& messenger_id) const {
  if (options_.public_url.empty()) {
    return false;
  }
  const auto messengers = runtime_.registry().messengers();
  const auto messenger = std::find_if(messengers.begin(), messengers.end(),
                                      [&](const loader::MessengerInfo& one) { return one.id == messenger_id; });
  if (messenger == messengers.end()) {
    return false;
  }
  const auto type = find_type(runtime_.registry(), messenger->type);
  return type && type->reads_receipts;
}

Reading ReceiptIntake::read(const IncomingReceipt& incoming, std::vector<loader::Receipt>& receipts) const {
  std::vector<loader::Attribute> headers;
  headers.reserve(incoming.headers.size());
  for (const auto& [name, value] : incoming.headers) {
    headers.push_back({name, value});
  }
  const std::string url = receipt_url(options_.public_url, incoming.messenger_id) + incoming.query;
  return runtime_.registry().read_receipt(incoming.messenger_id,
                                          {.url = url, .body = incoming.body, .headers = headers}, receipts);
}

void ReceiptIntake::keep(const IncomingReceipt& incoming, const std::vector<loader::Receipt>& receipts) {
  std::vector<MessageState> changed;
  const auto take_in = [&](Transaction& transaction) {
    ReceiptBook::hold(transaction, provider_keys(incoming.messenger_id, receipts));
    for (const loader::Receipt& receipt : receipts) {
      if (is_of_nothing_sent(receipt)) {
        continue;
      }
      if (auto state = book_.take_in(transaction, incoming.messenger_id, receipt, message_of_query(incoming.query))) {
        move_by_receipt(transaction, *state, incoming.messenger_id, receipt.provider_id, now_ms());
        write_change(transaction, incoming.messenger_id, receipt, *state);
        changed.push_back(std::move(*state));
      }
    }
  };
  store_.transact(take_in, Sharing::rows);
  for (const MessageState& state : changed) {
    log_.info("A provider told where a message stands.", {{"messageId", state.message_id},
                                                          {"messenger", incoming.messenger_id},
                                                          {"status", to_string(state.status)},
                                                          {"requestId", incoming.request_id}});
  }
}

void ReceiptIntake::write_change(Transaction& transaction, const std::string& messenger_id,
                                 const loader::Receipt& receipt, const MessageState& state) {
  const auto stored = transaction.documents.find(Kind::messenger, messenger_id);
  if (!stored) {
    return;
  }
  const TracedMessenger messenger(messenger_of(*stored), runtime_.registry());
  if (!messenger.debug() && !is_failure(state.status)) {
    return;
  }
  Masker masker;
  messenger.hide_secrets(masker);
  const std::string text = describe(messenger.title(), receipt, state, masker);
  if (messenger.debug()) {
    transaction.events.add(EventType::debug, text);
  }
  if (is_failure(state.status)) {
    transaction.events.add(EventType::error, text);
  }
  limit_.trim(transaction.events);
}

void ReceiptIntake::refuse(const IncomingReceipt& incoming, Refusal why) {
  if (gate_.refuse(incoming.messenger_id, why)) {
    queue_.post([this, id = incoming.messenger_id, why, request_id = incoming.request_id] {
      tell({id, why, 1}, request_id);
      tell_later(id, why);
    });
  }
}

void ReceiptIntake::tell_later(const std::string& messenger_id, Refusal why) {
  queue_.post_after(options_.tell_every, [this, messenger_id, why] {
    if (const auto count = gate_.rest(messenger_id, why); count != 0) {
      tell({messenger_id, why, count}, {});
      tell_later(messenger_id, why);
    }
  });
}

// Nothing of what came: whoever sent it chose it.
void ReceiptIntake::tell(const ReceiptGate::Refused& refused, const std::string& request_id) noexcept {
  std::string text = "A receipt was refused: " + std::string(to_string(refused.why)) + ".";
  log_.warning(text, {{"messenger", refused.messenger_id}, {"requestId", request_id}, {"count", refused.count}});
  append_line(text, "Messenger", refused.messenger_id);
  append_line(text, "Request", request_id);
  append_line(text, "Refused since the last entry", std::to_string(refused.count));
  try {
    store_.transact([&](Transaction& transaction) {
      transaction.events.add(EventType::error, text);
      limit_.trim(transaction.events);
    });
  } catch (const std::exception& error) {
    log_.error("Refused receipts could not be told of: " + std::string(error.what()),
               {{"messenger", refused.messenger_id}});
  }
}

}  // namespace messenger::host
