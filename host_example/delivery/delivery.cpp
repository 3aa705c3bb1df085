// SPDX-License-Identifier: Apache-2.0
#include "delivery/delivery.hpp"

#include <messenger/operations.h>
#include <messenger/receipts.h>

#include <algorithm>

#include "delivery/attempt.hpp"
#include "delivery/known_messengers.hpp"
#include "delivery/open_count.hpp"
#include "delivery/receipt_url.hpp"
#include "delivery/work_queue.hpp"

namespace messenger::host {

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

  std::uint64_t send(const std::string& messenger_id, OutgoingMessage message, Done done) {
    const auto attempt = std::make_shared<Attempt>(std::move(message), std::move(done));
    std::uint64_t ticket = 0;
    Begun begun(open_);
    try {
      prepare(*attempt, messenger_id);
      ticket = start_send(runtime_.registry(), messenger_id, attempt->message, options_.timeout,
                          [this, attempt](const loader::Result& result) { finish_later(attempt, result); });
    } catch (const std::exception& error) {
      finish_later(attempt, not_started(error));
    }
    begun.hand_on();
    return ticket;
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

  void finish_later(const std::shared_ptr<Attempt>& attempt, const loader::Result& result) {
    const std::int64_t ended = std::max(attempt->began, now_ms());
    queue_.post([this, attempt, result, ended] {
      finish(*attempt, result, ended);
      open_.end();
    });
  }

  void finish(Attempt& attempt, const loader::Result& result, std::int64_t ended) noexcept {
    if (options_.attempt_ended) {
      options_.attempt_ended(attempt.messenger->traced.id(), result.outcome,
                             std::chrono::milliseconds(ended - attempt.began));
    }
    std::string reason = trace_.keep(attempt.messenger->traced, attempt.message, result);
    try {
      if (const Done done = std::exchange(attempt.done, nullptr)) {
        done({result, attempt.began, ended, attempt.messenger->can_reconcile, std::move(reason)});
      }
    } catch (const std::exception& error) {
      log_.error("What follows a message failed: " + std::string(error.what()), {{"messageId", attempt.message.id}});
    }
  }

  Runtime& runtime_;
  const Log& log_;
  const Options options_;
  KnownMessengers known_;
  Trace trace_;
  OpenCount open_;
  WorkQueue queue_{"host-delivery"};  // last, so that its thread ends first
};

Delivery::Delivery(Messengers& messengers, Runtime& runtime, Store& store, const Log& log, Options options)
    : impl_(std::make_unique<Impl>(messengers, runtime, store, log, std::move(options))) {}

Delivery::~Delivery() = default;

std::uint64_t Delivery::send(const std::string& messenger_id, OutgoingMessage message, Done done) {
  return impl_->send(messenger_id, std::move(message), std::move(done));
}

void Delivery::tell_found(const std::string& messenger_id, const OutgoingMessage& message, const loader::Result& result,
                          const std::string& evidence) {
  impl_->tell_found(messenger_id, message, result, evidence);
}

const Delivery::Options& Delivery::options() const noexcept {
  return impl_->options();
}

}  // namespace messenger::host
