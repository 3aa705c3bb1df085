// SPDX-License-Identifier: Apache-2.0
#include "delivery/attempt_starter.hpp"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <messenger/secret.hpp>
#include <utility>

#include "delivery/attempt.hpp"
#include "delivery/message_content.hpp"

namespace messenger::host {

using std::chrono::milliseconds;

// An attempt may end before it is known that it has begun: whoever comes second tells of its end.
struct AttemptStarter::Start {
  std::shared_ptr<LeasedAttempt> attempt;
  std::shared_ptr<const Attempt> how = nullptr;
  std::atomic<int> left{2};

  bool is_second() noexcept { return left.fetch_sub(1, std::memory_order_acq_rel) == 1; }
};

AttemptStarter::AttemptStarter(Delivery& delivery, loader::Registry& registry, const Store& store,
                               std::function<void(Ending)> ended)
    : delivery_(delivery), registry_(registry), store_(store), ended_(std::move(ended)), thread_([this] { run(); }) {
  ::pthread_setname_np(thread_.native_handle(), "host-send");
}

AttemptStarter::~AttemptStarter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void AttemptStarter::begin(std::vector<ReadyAttempt> attempts) {
  {
    const std::lock_guard lock(mutex_);
    for (ReadyAttempt& ready : attempts) {
      waiting_.at(static_cast<std::size_t>(ready.attempt->priority)).push_back(std::move(ready));
    }
  }
  changed_.notify_one();
}

// Whichever of the two comes second sees what the first has set.
void AttemptStarter::call_off(LeasedAttempt& attempt) {
  attempt.is_called_off = true;
  if (const std::uint64_t ticket = attempt.ticket; ticket != 0) {
    registry_.cancel(ticket);
  }
}

void AttemptStarter::run() {
  for (ReadyAttempt ready; next(ready);) {
    begin(std::move(ready));
  }
}

void AttemptStarter::wait_for_begun() {
  std::unique_lock lock(mutex_);
  none_waits_.wait(lock, [this] {
    return !is_beginning_ &&
           std::all_of(waiting_.begin(), waiting_.end(), [](const auto& queue) { return queue.empty(); });
  });
}

bool AttemptStarter::next(ReadyAttempt& attempt) {
  std::unique_lock lock(mutex_);
  const auto first = [this] {
    return std::find_if(waiting_.begin(), waiting_.end(), [](const auto& queue) { return !queue.empty(); });
  };
  is_beginning_ = false;
  if (first() == waiting_.end()) {
    none_waits_.notify_all();
  }
  changed_.wait(lock, [&] { return stopping_ || first() != waiting_.end(); });
  const auto queue = first();
  if (queue == waiting_.end()) {
    return false;
  }
  attempt = std::move(queue->front());
  queue->pop_front();
  is_beginning_ = true;
  return true;
}

// Right after its lease began, unless the host was held up: then the lease may end before the attempt does. From when
// the messenger was asked, nothing that fails here makes of it an attempt that did not begin.
void AttemptStarter::begin(ReadyAttempt ready) noexcept {
  const auto attempt = std::move(ready.attempt);
  if (attempt->is_called_off) {
    return not_begun(attempt, Course::not_begun, "Called off before it began.");
  }
  if (now_ms() > attempt->latest_begin) {
    return not_begun(attempt, Course::not_begun, "Not begun: the host was held up.");
  }
  OutboxMessage kept = store_.open(std::move(ready.message));
  if (!kept.is_readable) {
    return not_begun(attempt, Course::unreadable, std::string(cannot_be_read));
  }
  std::shared_ptr<Start> started;
  try {
    started = start(attempt, kept);
  } catch (const std::exception& error) {
    wipe(kept.content);
    return not_begun(attempt, Course::not_begun, error.what());
  }
  wipe(kept.content);
  if (attempt->is_called_off) {
    call_off(*attempt);
  }
  if (started->is_second()) {
    ended_({attempt, started->how});
  }
}

std::shared_ptr<AttemptStarter::Start> AttemptStarter::start(const std::shared_ptr<LeasedAttempt>& attempt,
                                                             OutboxMessage& kept) {
  OutgoingMessage message = outgoing_message(kept);
  const milliseconds left(kept.expires - now_ms());
  message.expires = std::chrono::steady_clock::now() + left;
  attempt->is_brief = left < delivery_.options().timeout;
  auto start = std::make_shared<Start>();
  start->attempt = attempt;
  attempt->ticket =
      delivery_.send(attempt->messenger_id, std::move(message), [this, start](std::shared_ptr<const Attempt> how) {
        start->how = std::move(how);
        if (start->is_second()) {
          ended_({start->attempt, start->how});
        }
      });
  return start;
}

// Which tells nothing of its messenger.
void AttemptStarter::not_begun(const std::shared_ptr<LeasedAttempt>& attempt, Course course, const std::string& why) {
  const auto how = std::make_shared<Attempt>(OutgoingMessage());
  how->messenger = KnownMessengers::not_known(attempt->messenger_id);
  how->result.outcome = loader::Outcome::retry;
  how->result.ended = how->result.began;
  ended_({attempt, how, nullptr, {why, {}}, course});
}

}  // namespace messenger::host
