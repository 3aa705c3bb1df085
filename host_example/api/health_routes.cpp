// SPDX-License-Identifier: Apache-2.0
#include "api/health_routes.hpp"

#include "api/json_body.hpp"

namespace messenger::host {

std::vector<Route> health_routes(Store& store) {
  const auto handle = [&store](const Request&, const Reply& reply) {
    store.read([](Transaction& transaction) { return transaction.events.find(0); });
    reply(json_response({{"status", "ok"}}));
  };
  return {{"GET", "/health", Access::anyone, {"Health", "Whether the host can serve", "", "Health"}, handle}};
}

}  // namespace messenger::host
