// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "delivery/client_keys.hpp"
#include "delivery/delivery.hpp"
#include "delivery/dispatcher.hpp"
#include "delivery/messages.hpp"
#include "delivery/messengers.hpp"
#include "delivery/one_time_codes.hpp"
#include "delivery/receipt_intake.hpp"
#include "delivery/work_queue.hpp"
#include "runtime/log.hpp"
#include "runtime/runtime.hpp"
#include "store/store.hpp"

namespace messenger::host {

struct EngineOptions {
  StoreOptions store;
  std::vector<std::filesystem::path> plugin_directories;
  NetworkOptions network;
  Delivery::Options delivery = {};
  Dispatcher::Options dispatcher = {};
  Messages::Options messages = {};
  double receipt_rate = 100;                   ///< of one messenger, a second
  std::chrono::milliseconds code_wait{5'000};  ///< how long who asked for a code waits to hear what became of it
};

/// All that lies between an API and the providers, put together: what is above is used by what is below. [any thread]
class Engine {
 public:
  /// Throws what its parts throw. `log` outlives this.
  Engine(const EngineOptions& options, const Log& log);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  /// stop() with no time.
  ~Engine();

  /// Accepts and leases nothing any more, and waits for what is under way: true when nothing was cut off. What is
  /// queued stays queued. A second call does nothing.
  bool stop(std::chrono::milliseconds within);

  /// Looks for new plugins and reads all messengers again; what waits is tried.
  void reload();

  Store& store() noexcept { return store_; }
  Runtime& runtime() noexcept { return runtime_; }
  ClientKeys& client_keys() noexcept { return client_keys_; }
  Messengers& messengers() noexcept { return messengers_; }
  Messages& messages() noexcept { return messages_; }
  Dispatcher& dispatcher() noexcept { return *dispatcher_; }
  ReceiptIntake& receipts() noexcept { return *receipts_; }
  /// How codes leave through this.
  CodeOutlet code_outlet();

 private:
  void take(const Notice& notice);
  void follow(const Notice& notice, WorkQueue& queue) noexcept;  // on it

  const Log& log_;
  const std::chrono::milliseconds code_wait_;
  std::mutex taking_;
  bool takes_ = false;  // guarded by taking_: whether notices are followed
  Store store_;         // ends before what its thread calls
  Runtime runtime_;
  ClientKeys client_keys_;
  Messengers messengers_;
  std::optional<Delivery> delivery_;
  std::optional<Dispatcher> dispatcher_;
  Messages messages_;
  std::optional<ReceiptIntake> receipts_;
  std::optional<WorkQueue> notices_;  // what other hosts have changed is read here, not where it is told
};

}  // namespace messenger::host
