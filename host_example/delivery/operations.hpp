// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <messenger/loader/message.hpp>
#include <optional>
#include <string>
#include <vector>

#include "delivery/messengers.hpp"
#include "runtime/log.hpp"
#include "runtime/runtime.hpp"

namespace messenger::host {

/// Runs operations of stored messengers. Each leaves a line in the log, without its input and outputs. [any thread]
class Operations {
 public:
  /// What a call brought.
  struct Outcome {
    loader::Result result;
    std::vector<std::string> outputs;  ///< JSON texts
    bool has_more = false;             ///< a limit ended it: of outputs, or of their size
  };
  struct Call {
    std::string messenger_id, operation, request_id;
    boost::json::object input;
    std::size_t most_outputs = 0, most_bytes = 0;
    std::chrono::milliseconds timeout{20'000};
  };
  /// Called once, perhaps on a service's I/O thread: it must not block.
  using Done = std::function<void(Outcome)>;

  /// All given outlive this, and `registry()` is shut down before it goes.
  Operations(Messengers& messengers, Runtime& runtime, const Log& log);

  /// The catalogue of a stored messenger's type, empty where its plugin is not loaded; nothing when there is no such
  /// messenger.
  std::optional<loader::Operations> catalogue(const std::string& messenger_id);
  /// The operation must be in the messenger's catalogue, or the outcome is REJECTED.
  void start(const Call& call, Done done);

 private:
  Messengers& messengers_;
  Runtime& runtime_;
  const Log& log_;
};

}  // namespace messenger::host
