#pragma once

#include <chrono>

#include "simulator/fault.hpp"
#include "simulator/http.hpp"

namespace messenger::simulator {

/// No read or write may take longer.
inline constexpr std::chrono::seconds idle_timeout{120};

/// Sends an answer the way the fault has it; returns whether the connection can serve another request.
/// A broken connection throws boost::system::system_error.
template <class Stream>
asio::awaitable<bool> deliver(Stream& stream, const Delivery& delivery, const Response& response, bool head_only);

/// Waits; the connection's own timeout is not meant while it does.
asio::awaitable<void> pause(std::chrono::milliseconds duration);

}  // namespace messenger::simulator
