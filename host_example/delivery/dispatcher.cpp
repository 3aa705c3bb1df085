// SPDX-License-Identifier: Apache-2.0
#include "delivery/dispatcher.hpp"

#include <pthread.h>

#include <thread>

#include "delivery/dispatch_inbox.hpp"
#include "delivery/dispatch_loop.hpp"

namespace messenger::host {

namespace {

constexpr std::int64_t first_ask = 250;  // ms

}  // namespace

class Dispatcher::Impl {
 public:
  Impl(Delivery& delivery, Runtime& runtime, Store& store, const Log& log, Options options)
      : loop(delivery, runtime.registry(), store, log, inbox, std::move(options)), thread_([this] { loop.run(); }) {
    ::pthread_setname_np(thread_.native_handle(), "host-dispatch");
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    inbox.put([](DispatchMail& mail) { mail.stop = mail.end = true; });
    thread_.join();
  }

  DispatchInbox inbox;
  DispatchLoop loop;

 private:
  std::thread thread_;  // last: it uses the rest
};

Dispatcher::Dispatcher(Delivery& delivery, Runtime& runtime, Store& store, const Log& log, Options options)
    : impl_(std::make_unique<Impl>(delivery, runtime, store, log, std::move(options))) {}

Dispatcher::~Dispatcher() = default;

void Dispatcher::wake(Priority most_urgent) {
  impl_->inbox.put([most_urgent](DispatchMail& mail) {
    mail.accepted = true;
    mail.is_urgent = mail.is_urgent || most_urgent == Priority::code;
  });
}

void Dispatcher::look() {
  impl_->inbox.put([](DispatchMail& mail) { mail.look = true; });
}

void Dispatcher::cancel(const std::string& message_id) {
  impl_->inbox.put([&](DispatchMail& mail) { mail.cancelled.push_back(message_id); });
}

void Dispatcher::messenger_changed(const std::string& messenger_id) {
  impl_->inbox.put([&](DispatchMail& mail) { mail.changed.push_back(messenger_id); });
}

void Dispatcher::when_settled(const std::string& message_id, std::chrono::milliseconds within,
                              std::function<void(const Settled&)> done) {
  const std::int64_t now = now_ms();
  Waiters::Waiter waiter{now + within.count(), now + first_ask, std::move(done)};
  if (!impl_->inbox.put([&](DispatchMail& mail) { mail.waiters.emplace_back(message_id, std::move(waiter)); })) {
    waiter.done({MessageStage::queued, std::string(host_ended)});
  }
}

std::vector<CircuitState> Dispatcher::circuits() const {
  return impl_->loop.circuits();
}

DispatchCounts Dispatcher::counts() const {
  return impl_->loop.counts();
}

void Dispatcher::set_options(const Options& options) {
  impl_->inbox.put([&](DispatchMail& mail) { mail.options = options; });
}

void Dispatcher::stop() {
  std::promise<void> stopped;
  auto waiting = stopped.get_future();
  if (impl_->inbox.put([&](DispatchMail& mail) {
        mail.stop = true;
        mail.stopped.push_back(std::move(stopped));
      })) {
    waiting.wait();
  }
}

}  // namespace messenger::host
