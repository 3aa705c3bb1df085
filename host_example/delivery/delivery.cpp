// SPDX-License-Identifier: Apache-2.0
#include "delivery/delivery.hpp"

#include <messenger/operations.h>
#include <messenger/receipts.h>

#include <algorithm>
#include <atomic>

#include "delivery/attempt.hpp"
#include "delivery/known_messengers.hpp"
#include "delivery/open_count.hpp"
#include "delivery/receipt_url.hpp"

namespace messenger::host {

namespace {

constexpr std::int64_t blind_for = 1'000;  // ms

}  // namespace

class Delivery::Impl {
 public:
  Impl(Messengers& messengers, Runtime& runtime, Store& store, const Log& log, Options options)
      : runtime_(runtime),
        log_(log),
        options_(std::move(options)),
        known_(messengers, runtime.registry()),
        trace_(runtime.registry(), store, log, options_.event_log_entries) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { open_.wait_for_none(); }

  std::uint64_t send(const std::string& messenger_id, OutgoingMessage message, const Done& done) {
    const auto attempt = std::make_shared<Attempt>(std::move(message));
    std::uint64_t ticket = 0;
    Begun begun(open_);
    try {
      prepare(*attempt, messenger_id);
      ticket = start_send(runtime_.registry(), messenger_id, attempt->message, options_.timeout,
                          [this, attempt, done](const loader::Result& result) { finish(attempt, done, result); });
    } catch (const std::exception& error) {
      finish(attempt, done, not_started(error));
    }
    begun.hand_on();
    return ticket;
  }

  AttemptText tell(const Attempt& attempt) noexcept {
    const TracedMessenger& messenger = attempt.messenger->traced;
    trace_.tell(messenger, attempt.message, attempt.result);
    if (options_.attempt_ended) {
      options_.attempt_ended(messenger.id(), attempt.result.outcome,
                             std::chrono::milliseconds(attempt.result.ended - attempt.result.began));
    }
    return trace_.describe(messenger, attempt.message, attempt.result,
                           [&](Masker& masker) { hide_newer(messenger.id(), masker); });
  }

  void write_events(Transaction& transaction, const Attempt& attempt, const AttemptText& text) {
    trace_.write(transaction, attempt.messenger->traced, attempt.result.outcome, text);
  }

  void tell_found(const std::string& messenger_id, const OutgoingMessage& message, const loader::Result& result,
                  const std::string& evidence) {
    trace_.keep_found(known_.find(messenger_id)->traced, message, result, evidence);
  }

  const Options& options() const noexcept { return options_; }

 private:
  // The messenger as it is now: by the time of the answer it may have been changed or deleted.
  void prepare(Attempt& attempt, const std::string& messenger_id) {
    attempt.messenger = KnownMessengers::not_known(messenger_id);
    attempt.messenger = known_.find(messenger_id);
    if (attempt.messenger->takes_receipts && !options_.public_url.empty()) {
      attempt.message.attributes.emplace_back(MSGR_RECEIPT_URL,
                                              receipt_url(options_.public_url, messenger_id, attempt.message.id));
    }
  }

  // A store that fails is not asked again for each of many attempts.
  void hide_newer(const std::string& messenger_id, Masker& masker) {
    if (now_ms() < blind_until_) {
      throw StoreError("The store could not be asked for the messenger.");
    }
    try {
      known_.find(messenger_id)->traced.hide_secrets(masker);
    } catch (const StoreError&) {
      blind_until_ = now_ms() + blind_for;
      throw;
    }
  }

  void finish(const std::shared_ptr<Attempt>& attempt, const Done& done, const loader::Result& result) noexcept {
    AttemptResult& own = attempt->result;
    static_cast<loader::Result&>(own) = result;
    own.ended = std::max(own.began, now_ms());
    own.can_reconcile = attempt->messenger->can_reconcile;
    try {
      done(attempt);
    } catch (const std::exception& error) {
      log_.error("What follows a message failed: " + std::string(error.what()), {{"messageId", attempt->message.id}});
    }
    open_.end();
  }

  Runtime& runtime_;
  const Log& log_;
  const Options options_;
  KnownMessengers known_;
  Trace trace_;
  std::atomic<std::int64_t> blind_until_{0};  // epoch ms
  OpenCount open_;
};

Delivery::Delivery(Messengers& messengers, Runtime& runtime, Store& store, const Log& log, Options options)
    : impl_(std::make_unique<Impl>(messengers, runtime, store, log, std::move(options))) {}

Delivery::~Delivery() = default;

std::uint64_t Delivery::send(const std::string& messenger_id, OutgoingMessage message, const Done& done) {
  return impl_->send(messenger_id, std::move(message), done);
}

AttemptText Delivery::tell(const Attempt& attempt) noexcept {
  return impl_->tell(attempt);
}

void Delivery::write_events(Transaction& transaction, const Attempt& attempt, const AttemptText& text) {
  impl_->write_events(transaction, attempt, text);
}

void Delivery::tell_found(const std::string& messenger_id, const OutgoingMessage& message, const loader::Result& result,
                          const std::string& evidence) {
  impl_->tell_found(messenger_id, message, result, evidence);
}

const Delivery::Options& Delivery::options() const noexcept {
  return impl_->options();
}

}  // namespace messenger::host
