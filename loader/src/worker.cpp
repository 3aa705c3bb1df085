// SPDX-License-Identifier: Apache-2.0
#include "worker.hpp"

#include <pthread.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): pthread_sigmask is POSIX

#include <condition_variable>
#include <mutex>

namespace messenger::loader {

struct Worker::State {
  std::mutex mutex;
  std::condition_variable changed;
  bool ended = false;
};

namespace {

// The mask is inherited, so it is set before the thread starts: no signal can slip in between.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace

Worker::Worker(const char* name, std::function<void()> body) : state_(std::make_shared<State>()) {
  const SignalsBlocked blocked;
  thread_ = std::thread([name, state = state_, run = std::move(body)]() mutable {
    pthread_setname_np(pthread_self(), name);
    run();
    run = nullptr;  // what the body owns goes before anybody is told that it ended
    const std::lock_guard lock(state->mutex);
    state->ended = true;
    state->changed.notify_all();
  });
}

Worker::~Worker() {
  if (thread_.joinable()) thread_.detach();
}

bool Worker::join_until(Clock::time_point deadline) {
  if (!thread_.joinable()) return true;
  std::unique_lock lock(state_->mutex);
  const bool ended = state_->changed.wait_until(lock, deadline, [this] { return state_->ended; });
  lock.unlock();
  if (ended) {
    thread_.join();
  } else {
    thread_.detach();
  }
  return ended;
}

}  // namespace messenger::loader
