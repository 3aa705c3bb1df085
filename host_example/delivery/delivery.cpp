// SPDX-License-Identifier: Apache-2.0
#include "delivery/delivery.hpp"

#include <messenger/operations.h>

#include <algorithm>

#include "delivery/attempt.hpp"
#include "delivery/open_count.hpp"
#include "delivery/receipt_requests.hpp"
#include "delivery/reconciliation.hpp"
#include "delivery/work_queue.hpp"
#include "runtime/field_check.hpp"
#include "runtime/operation_document.hpp"
#include "runtime/type_info.hpp"

namespace messenger::host {

namespace json = boost::json;

class Delivery::Impl {
 public:
  Impl(Messengers& messengers, Runtime& runtime, Store& store, const Log& log, Options options)
      : messengers_(messengers),
        runtime_(runtime),
        log_(log),
        options_(std::move(options)),
        trace_(runtime.registry(), store, log, options_.event_log_entries),
        receipts_(runtime.registry(), store, log, options_.public_url),
        reconciliation_(runtime.registry(), queue_, open_, log, options_.reconcile_after,
                        [this](const Attempt& attempt, const loader::Result& result, const std::string& evidence) {
                          return keep_found(attempt, result, evidence);
                        }) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { open_.wait_for_none(); }

  void send(const std::string& messenger_id, OutgoingMessage message, Done done) {
    const auto attempt = std::make_shared<Attempt>(TracedMessenger(messenger_id), std::move(message), std::move(done));
    Begun begun(open_);
    try {
      prepare(*attempt, messenger_id);
      start_send(runtime_.registry(), messenger_id, attempt->message, options_.timeout,
                 [this, attempt](const loader::Result& result) { finish_later(attempt, result); });
    } catch (const std::exception& error) {
      finish_later(attempt, not_started(error));
    }
    begun.hand_on();
  }

 private:
  // The messenger as it is now: by the time of the answer it may have been changed or deleted.
  void prepare(Attempt& attempt, const std::string& messenger_id) {
    const auto messenger = messengers_.find(messenger_id);
    if (!messenger) {
      return;
    }
    const json::object& inner = messenger->at("messenger").as_object();
    const std::string type(text_member(inner, "type"));
    messengers_.load_type(type);  // its plugin may be there by now
    attempt.messenger = TracedMessenger(inner, runtime_.registry());
    const auto info = find_type(runtime_.registry(), type);
    attempt.can_reconcile = info && find_operation(*info->operations, MSGR_OPERATION_RECONCILE) != nullptr;
    receipts_.ask(messenger_id, type, attempt.message);
  }

  void finish_later(const std::shared_ptr<Attempt>& attempt, const loader::Result& result) {
    attempt->ended = std::max(attempt->began, std::chrono::system_clock::now());
    queue_.post([this, attempt, result] {
      finish(*attempt, result);
      if (result.outcome == loader::Outcome::unknown && attempt->can_reconcile) {
        reconciliation_.start(attempt);
      }
      open_.end();
    });
  }

  void finish(Attempt& attempt, const loader::Result& result) noexcept {
    trace_.keep(attempt.messenger, attempt.message, result);
    receipts_.note(attempt.messenger.id(), attempt.message, result);
    try {
      if (const Done done = std::exchange(attempt.done, nullptr)) {
        done(result);
      }
    } catch (const std::exception& error) {
      log_.error("What follows a message failed: " + std::string(error.what()), {{"messageId", attempt.message.id}});
    }
  }

  bool keep_found(const Attempt& attempt, const loader::Result& result, const std::string& evidence) {
    if (!receipts_.note_found(attempt.messenger.id(), attempt.message, result)) {
      return false;
    }
    trace_.keep_found(attempt.messenger, attempt.message, result, evidence);
    return true;
  }

  Messengers& messengers_;
  Runtime& runtime_;
  const Log& log_;
  const Options options_;
  Trace trace_;
  ReceiptRequests receipts_;
  OpenCount open_;
  Reconciliation reconciliation_;
  WorkQueue queue_{"host-delivery"};  // last, so that its thread ends first
};

Delivery::Delivery(Messengers& messengers, Runtime& runtime, Store& store, const Log& log, Options options)
    : impl_(std::make_unique<Impl>(messengers, runtime, store, log, std::move(options))) {}

Delivery::~Delivery() = default;

void Delivery::send(const std::string& messenger_id, OutgoingMessage message, Done done) {
  impl_->send(messenger_id, std::move(message), std::move(done));
}

}  // namespace messenger::host
