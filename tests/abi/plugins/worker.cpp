// SPDX-License-Identifier: Apache-2.0
// Completes on a thread of its own, which stop() ends.
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "minimal.h"

struct msgr_instance {
  explicit msgr_instance(const msgr_host* given) : host(given), thread([this] { run(); }) {}

  void run() {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [this] { return stopping || !tickets.empty(); });
      if (tickets.empty()) return;
      const std::uint64_t ticket = tickets.front();
      tickets.pop_front();
      lock.unlock();
      host->complete(host, ticket, MSGR_OK, nullptr);
      lock.lock();
    }
  }

  const msgr_host* const host;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::uint64_t> tickets;
  bool stopping = false;
  std::thread thread;
};

namespace {

msgr_instance* configure(const msgr_host* host, const msgr_config*, msgr_issue_fn, void*) {
  return new msgr_instance(host);
}

void send(msgr_instance* instance, const msgr_op* op, const msgr_message*) {
  const std::lock_guard lock(instance->mutex);
  instance->tickets.push_back(op->ticket);
  instance->changed.notify_one();
}

std::uint32_t stop(msgr_instance* instance, std::uint64_t) {
  {
    const std::lock_guard lock(instance->mutex);
    instance->stopping = true;
    instance->changed.notify_one();
  }
  instance->thread.join();
  return 1;
}

void destroy(msgr_instance* instance) {
  delete instance;
}

const msgr_plugin table = {
    sizeof(msgr_plugin), MSGR_ABI_MINOR, "Worker", nullptr, nullptr, nullptr, TEXT("{}"), nullptr,
    minimal_validate,    configure,      send,     nullptr, stop,    destroy, nullptr};

}  // namespace

const msgr_plugin* msgr_plugin_v1(std::uint32_t index) {
  return index == 0 ? &table : nullptr;
}
