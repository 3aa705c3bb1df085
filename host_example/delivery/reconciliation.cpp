// SPDX-License-Identifier: Apache-2.0
#include "delivery/reconciliation.hpp"

#include <messenger/operations.h>

#include <memory>
#include <messenger/detail/json_text.hpp>
#include <messenger/secret.hpp>

#include "runtime/instant_text.hpp"

namespace messenger::host {

namespace {

std::string instant(std::int64_t epoch_ms) {
  return instant_text(std::chrono::system_clock::time_point(std::chrono::milliseconds(epoch_ms)));
}

// A JSON document without Boost's, and in one buffer that never grows: either would leave the text behind.
Secret input_of(const Doubt& doubt) {
  constexpr std::size_t longest_escape = 6;
  constexpr std::size_t all_but_texts = 200;
  const OutgoingMessage& message = doubt.message;
  std::string text;
  text.reserve(longest_escape * (message.body.size() + message.to.size()) + all_but_texts);
  text += R"({"to":)";
  detail::append_json_string(text, message.to);
  if (!message.body.empty()) {
    text += R"(,"body":)";
    detail::append_json_string(text, message.body);
  }
  text.append(R"(,"sentAfter":")").append(instant(doubt.began));
  text.append(R"(","sentBefore":")").append(instant(doubt.ended)).append("\"}");
  Secret input(text);
  wipe(text);
  return input;
}

}  // namespace

void start_look(loader::Registry& registry, const Doubt& doubt,
                std::function<void(const loader::Result&, const std::string&)> done) {
  loader::SendOptions options;
  options.timeout = time_to_look;
  options.traceparent = doubt.message.traceparent;
  const auto evidence = std::make_shared<std::string>();
  const Secret input = input_of(doubt);
  registry.call(
      doubt.messenger_id, MSGR_OPERATION_RECONCILE, input.reveal(), options,
      [evidence](std::string_view output) {
        *evidence = output;
        return true;
      },
      [evidence, done = std::move(done)](const loader::Result& result) { done(result, *evidence); });
}

}  // namespace messenger::host
