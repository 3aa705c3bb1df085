// SPDX-License-Identifier: Apache-2.0
#include "api/messenger_operation_routes.hpp"

#include <array>

#include "api/errors.hpp"
#include "api/json_body.hpp"
#include "api/unwrap.hpp"
#include "runtime/field_check.hpp"
#include "runtime/json_text.hpp"
#include "runtime/operation_document.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Member = Field::Kind;

constexpr std::int64_t usual_outputs = 100;
constexpr std::int64_t most_outputs = 1'000;
constexpr std::size_t most_bytes = std::size_t{8} << 20U;

constexpr std::array operation_members{
    Field{"input", Member::object}, Field{.path = "limit", .kind = Member::integer, .least = 1, .most = most_outputs}};

// The outputs are put in as the plugin gave them: read and written again, a provider's numbers could change.
std::string body_of(const std::string& name, const Operations::Outcome& outcome) {
  const loader::Result& result = outcome.result;
  json::object head{{"name", name}, {"outcome", to_string(result.outcome)}, {"hasMore", outcome.has_more}};
  const auto add = [&head](const char* member, const std::string& text) {
    if (!text.empty()) {
      head[member] = text;
    }
  };
  add("detail", result.detail);
  add("providerCode", result.provider_code);
  add("providerId", result.provider_id);
  if (result.http_status != 0) {
    head["httpStatus"] = result.http_status;
  }
  if (result.retry_after.count() != 0) {
    head["retryAfter"] = result.retry_after.count();
  }
  std::string body = "{\"operation\":" + to_sorted_text(head);
  body.pop_back();
  body += ",\"outputs\":[";
  for (const std::string& output : outcome.outputs) {
    body += (&output == outcome.outputs.data() ? "" : ",") + output;
  }
  return body + "]}}";
}

class Handlers {
 public:
  Handlers(Operations& operations, std::chrono::milliseconds timeout) : operations_(operations), timeout_(timeout) {}

  void list(const Request& request, const Reply& reply) const {
    const auto catalogue = operations_.catalogue(request.parameters.at("messengerId"));
    if (!catalogue) {
      return reply(empty_response(404));
    }
    json::array entries;
    for (const loader::Operation& operation : *catalogue) {
      entries.push_back(describe(operation));
    }
    reply(json_response({{"operations", std::move(entries)}}));
  }

  void run(const Request& request, const Reply& reply) const {
    Operations::Call call;
    call.messenger_id = request.parameters.at("messengerId");
    call.operation = request.parameters.at("operation");
    const auto catalogue = operations_.catalogue(call.messenger_id);
    if (!catalogue || find_operation(*catalogue, call.operation) == nullptr) {
      return reply(empty_response(404));
    }
    Errors errors;
    if (!read(request, call, errors)) {
      return reply(errors.response());
    }
    call.request_id = request.id;
    call.most_bytes = most_bytes;
    call.timeout = timeout_;
    operations_.start(call, [reply, name = call.operation](const Operations::Outcome& outcome) {
      reply({.status = 200, .body = body_of(name, outcome), .headers = {}});
    });
  }

 private:
  static bool read(const Request& request, Operations::Call& call, Errors& errors) {
    const auto body = parse_body(request, errors);
    const auto sent = body ? unwrap(*body, "operation", errors) : std::nullopt;
    if (!sent) {
      return false;
    }
    errors.add(check_fields(*sent, operation_members, "/operation"));
    if (!errors.empty()) {
      return false;
    }
    if (const json::value* const input = find_member(*sent, "input"); input != nullptr) {
      call.input = input->get_object();
    }
    const json::value* const limit = find_member(*sent, "limit");
    call.most_outputs = static_cast<std::size_t>(limit == nullptr ? usual_outputs : limit->to_number<std::int64_t>());
    return true;
  }

  Operations& operations_;
  std::chrono::milliseconds timeout_;
};

}  // namespace

std::vector<Route> messenger_operation_routes(Operations& operations, std::chrono::milliseconds timeout) {
  const Handlers handlers(operations, timeout);
  const std::string tag = "Messengers";
  const std::string all = "/api/messenger/{messengerId:uuid}/operation";
  return {{"GET",
           all,
           Access::api_key,
           {tag, "List what a messenger can do beside sending", "", "OperationsResponse", {404}},
           [handlers](const Request& request, const Reply& reply) { handlers.list(request, reply); }},
          {"POST",
           all + "/{operation}",
           Access::api_key,
           {tag, "Run an operation", "OperationRequest", "OperationResponse", {404}},
           [handlers](const Request& request, const Reply& reply) { handlers.run(request, reply); }}};
}

}  // namespace messenger::host
