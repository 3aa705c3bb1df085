// SPDX-License-Identifier: Apache-2.0
#include "delivery/operations.hpp"

#include <messenger/secret.hpp>
#include <utility>

#include "runtime/field_check.hpp"
#include "runtime/json_text.hpp"
#include "runtime/type_info.hpp"

namespace messenger::host {

namespace {

// What a call has brought so far; the loader gives one output at a time and then the result.
struct Collected {
  Operations::Outcome outcome;
  std::size_t outputs_left, bytes_left;

  bool take(std::string_view output) {
    if (outputs_left == 0 || output.size() > bytes_left) {
      outcome.has_more = true;
      return false;
    }
    --outputs_left;
    bytes_left -= output.size();
    outcome.outputs.emplace_back(output);
    return true;
  }
};

}  // namespace

Operations::Operations(Messengers& messengers, Runtime& runtime, const Log& log)
    : messengers_(messengers), runtime_(runtime), log_(log) {}

std::optional<loader::Operations> Operations::catalogue(const std::string& messenger_id) {
  const auto messenger = messengers_.find(messenger_id);
  if (!messenger) {
    return std::nullopt;
  }
  const std::string type(text_member(messenger->at("messenger").as_object(), "type"));
  messengers_.load_type(type);  // its plugin may be there by now
  const auto info = find_type(runtime_.registry(), type);
  return info ? *info->operations : loader::Operations();
}

void Operations::start(const Call& call, Done done) {
  const auto collected = std::make_shared<Collected>(Collected{{}, call.most_outputs, call.most_bytes});
  loader::SendOptions options;
  options.timeout = call.timeout;
  std::string text = to_sorted_text(call.input);
  const Secret input(text);  // wiped whatever the call throws
  wipe(text);
  runtime_.registry().call(
      call.messenger_id, call.operation, input.reveal(), options,
      [collected](std::string_view output) { return collected->take(output); },
      [collected, done = std::move(done), &log = log_, messenger = call.messenger_id, operation = call.operation,
       request = call.request_id](const loader::Result& result) {
        log.info("Operation " + operation + ": " + std::string(to_string(result.outcome)),
                 {{"messengerId", messenger}, {"requestId", request}, {"httpStatus", result.http_status}});
        collected->outcome.result = result;
        done(std::move(collected->outcome));
      });
}

}  // namespace messenger::host
