// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <messenger/loader/report.hpp>
#include <vector>

#include "delivery/delivery.hpp"

namespace messenger::host {

/// Sends one message through a messenger that need not be stored, and shows what was sent and what came back. The
/// messengers in force are not touched: it has a registry of its own over the same plugins, services and network rules.
/// [any thread]
class TestSend {
 public:
  /// All given outlive this.
  TestSend(Runtime& runtime, Store& store, const Log& log, const Delivery::Options& options);
  TestSend(const TestSend&) = delete;
  TestSend& operator=(const TestSend&) = delete;
  /// Cancels what is open, and waits until all have their answer: from then on without what was sent and what came.
  ~TestSend();

  /// {"outcome":…,"request":{…},"response":{…} …}; secrets and the message's code are masked.
  using Done = std::function<void(boost::json::object)>;

  /// `messenger` as an answer shows it, or as it would be created; its trace is kept as that of any other send. Its
  /// receipts come to the messenger stored under `stored_id`; empty = it is not stored, and none are asked for. Gives
  /// nothing = `done` will be called exactly once, on a thread of this; else why the configuration is refused, and it
  /// will not.
  std::vector<loader::Issue> start(const boost::json::object& messenger, const std::string& stored_id,
                                   OutgoingMessage message, Done done);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace messenger::host
