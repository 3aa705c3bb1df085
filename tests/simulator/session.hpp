#pragma once

#include <cstdint>

#include "simulator/http.hpp"
#include "simulator/site.hpp"
#include "simulator/stream.hpp"

namespace messenger::simulator {

/// Serves one connection until it ends; whatever its client does ends this connection at most.
asio::awaitable<void> serve(PlainStream stream, Site& site, std::uint64_t connection);
asio::awaitable<void> serve(TlsStream stream, Site& site, std::uint64_t connection);

}  // namespace messenger::simulator
