// SPDX-License-Identifier: Apache-2.0
#include "api/receipt_routes.hpp"

#include "api/errors.hpp"
#include "api/json_body.hpp"

namespace messenger::host {

namespace {

using Verdict = ReceiptIntake::Verdict;

// No provider says as much of a message; what may be called without a key takes no more than it needs.
constexpr std::size_t most_body = 65'536;

Response general(unsigned status, std::string_view code, std::string_view message) {
  Errors errors;
  errors.add_general(code, message);
  return errors.response(status);
}

Response too_many(std::chrono::milliseconds wait) {
  Response response = general(429, "tooManyReceipts", "There are more receipts for this messenger than are taken.");
  response.headers.emplace_back("Retry-After", std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()));
  return response;
}

// Not 429: nothing was looked at, and what a provider may send again it sends again for 5xx.
Response busy() {
  Response response = empty_response(503);
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

Response response_of(const ReceiptIntake::Answer& answer) {
  switch (answer.verdict) {
    case Verdict::kept:
      return empty_response(204);
    case Verdict::forged:
      return empty_response(403);
    case Verdict::malformed:
      return general(400, "malformedReceipt", "The receipt is the provider's, but does not say what became of what.");
    case Verdict::unknown:
      return empty_response(404);
    case Verdict::too_many:
      return too_many(answer.retry_after);
    case Verdict::busy:
      return busy();
    case Verdict::failed:
      break;
  }
  return empty_response(500);
}

using Observe = std::function<void(Verdict)>;

void take(ReceiptIntake& intake, const Observe& observe, const Request& request, const Reply& reply) {
  if (request.body.size() > most_body) {
    return reply(empty_response(413));
  }
  intake.take({.messenger_id = request.parameters.at("messengerId"),
               .query = request.raw_query,
               .body = request.body,
               .headers = request.headers,
               .request_id = request.id},
              [reply, observe](const ReceiptIntake::Answer& answer) {
                if (observe) {
                  observe(answer.verdict);
                }
                reply(response_of(answer));
              });
}

Response find(ReceiptIntake& intake, const Request& request) {
  auto found = intake.find(request.parameters.at("messengerId"), request.parameters.at("providerId"));
  return found ? json_response({{"receipt", std::move(*found)}}) : empty_response(404);
}

}  // namespace

std::vector<Route> receipt_routes(ReceiptIntake& intake, Observe observe) {
  const std::string all = "/api/messenger/{messengerId:uuid}/receipt";
  const std::string tag = "Receipts";
  RouteDocument taken{tag, "Take a provider's receipt, in the provider's own format", "", "", {403, 404, 413, 429}};
  taken.success = 204;
  return {{"POST", all, Access::anyone, std::move(taken),
           [&intake, observe = std::move(observe)](const Request& request, const Reply& reply) {
             take(intake, observe, request, reply);
           }},
          {"GET", all + "/{providerId}", Access::api_key,
           RouteDocument{tag, "Retrieve what is known of a message", "", "ReceiptResponse", {404}},
           [&intake](const Request& request, const Reply& reply) { reply(find(intake, request)); }}};
}

}  // namespace messenger::host
