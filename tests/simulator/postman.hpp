#pragma once

#include "simulator/callbacks.hpp"
#include "simulator/http.hpp"

namespace messenger::simulator {

/// Posts status callbacks, each on a connection of its own.
class Postman {
 public:
  /// All must outlive it. `retries` is how often a callback that got no answer, or a 5xx, is posted again.
  Postman(asio::io_context& context, Callbacks& callbacks, unsigned retries);
  ~Postman();
  Postman(const Postman&) = delete;
  Postman& operator=(const Postman&) = delete;

 private:
  void post_all();
  asio::awaitable<void> post(twilio::Callback callback);

  asio::io_context& context_;
  Callbacks& callbacks_;
  unsigned retries_;
};

}  // namespace messenger::simulator
