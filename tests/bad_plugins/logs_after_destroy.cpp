// SPDX-License-Identifier: Apache-2.0
// A thread of its own goes on logging when it has been destroyed.
#include <chrono>
#include <thread>

#include "minimal.h"

namespace {

void destroy_later(msgr_instance* instance) {
  std::thread([host = minimal_host(instance)] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    host->log(host, MSGR_LOG_INFO, TEXT("still here"));
  }).detach();
}

}  // namespace

#define TYPE "LogsAfterDestroy"
#define DESTROY destroy_later
#include "table.h"
