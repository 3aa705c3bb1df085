// SPDX-License-Identifier: Apache-2.0
#include "delivery/engine.hpp"

#include <algorithm>

namespace messenger::host {

namespace {

// Every open attempt gets its outcome, even if what came before took all the time.
constexpr std::chrono::milliseconds least_for_messages{1'000};
constexpr std::chrono::milliseconds read_again{1'000};

loader::LogFunction log_function(const Log& log) {
  return [&log](loader::LogLevel level, std::string_view who, std::string_view text) {
    log.write(level, text, {{"who", who}});
  };
}

}  // namespace

Engine::Engine(const EngineOptions& options, const Log& log)
    : log_(log),
      code_wait_(options.code_wait),
      store_(options.store),
      runtime_(options.plugin_directories, log_function(log), options.network),
      client_keys_(store_, runtime_.certificates()),
      messengers_(runtime_, store_, log),
      messages_(
          store_, log, [this](Priority most_urgent) { dispatcher_->wake(most_urgent); }, options.messages) {
  store_.listen([this](const Notice& notice) { take(notice); });  // before any thread of ours uses the store
  notices_.emplace("host-notices");
  delivery_.emplace(messengers_, runtime_, store_, log, options.delivery);
  dispatcher_.emplace(*delivery_, runtime_, store_, log, options.dispatcher);
  receipts_.emplace(
      runtime_, store_, log,
      ReceiptIntake::Options{options.delivery.public_url, options.receipt_rate, options.delivery.event_log_entries});
  {
    const std::lock_guard lock(taking_);
    takes_ = true;
  }
  take({Topic::all});  // what others have changed since the messengers were read
}

Engine::~Engine() {
  stop(std::chrono::milliseconds(0));
}

void Engine::take(const Notice& notice) {
  const std::lock_guard lock(taking_);
  if (!takes_) {
    return;
  }
  switch (notice.topic) {
    case Topic::outbox:
      return dispatcher_->look();
    case Topic::cancel:
      return dispatcher_->cancel(notice.subject);
    default:
      notices_->post([this, notice, &queue = *notices_] { follow(notice, queue); });
  }
}

void Engine::follow(const Notice& notice, WorkQueue& queue) noexcept {
  try {
    if (notice.topic == Topic::key || notice.topic == Topic::all) {
      client_keys_.refresh();
    }
    if (notice.topic == Topic::messenger) {
      messengers_.refresh(notice.subject);
      dispatcher_->messenger_changed(notice.subject);
    } else if (notice.topic == Topic::all) {
      messengers_.refresh_all();
      dispatcher_->look();
    }
  } catch (const std::exception& error) {
    log_.error("What another host has changed could not be read, and is read again: " + std::string(error.what()));
    queue.post_after(read_again, [this, notice, &queue] { follow(notice, queue); });
  }
}

void Engine::reload() {
  runtime_.reload();
  take({Topic::all});
}

CodeOutlet Engine::code_outlet() {
  return {
      [this](Transaction& transaction, const Submission& submission) { return messages_.add(transaction, submission); },
      [this](const std::string& message_id, std::function<void(const Settled&)> done) {
        dispatcher_->when_settled(message_id, code_wait_, std::move(done));
      },
      [this] { dispatcher_->wake(Priority::code); },
      [this](const std::string& message_id) { messages_.cancel(message_id); }};
}

bool Engine::stop(std::chrono::milliseconds within) {
  if (!delivery_) {
    return true;
  }
  {
    const std::lock_guard lock(taking_);
    takes_ = false;
  }
  messages_.stop();
  notices_.reset();
  receipts_.reset();
  dispatcher_->stop();
  const auto report = runtime_.registry().shutdown(std::max(within, least_for_messages));
  dispatcher_.reset();
  delivery_.reset();
  return report.parked == 0;
}

}  // namespace messenger::host
