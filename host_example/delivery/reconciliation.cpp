// SPDX-License-Identifier: Apache-2.0
#include "delivery/reconciliation.hpp"

#include <messenger/operations.h>
#include <messenger/detail/json_text.hpp>
#include <messenger/secret.hpp>

#include "runtime/instant_text.hpp"

namespace messenger::host {

using loader::Outcome;

namespace {

constexpr std::chrono::milliseconds time_to_look{10'000};

// A JSON document without Boost's, and in one buffer that never grows: either would leave the text behind.
Secret input_of(const Attempt& attempt) {
  constexpr std::size_t longest_escape = 6;
  constexpr std::size_t all_but_texts = 200;
  const OutgoingMessage& message = attempt.message;
  std::string text;
  text.reserve(longest_escape * (message.body.size() + message.to.size()) + all_but_texts);
  text += R"({"to":)";
  detail::append_json_string(text, message.to);
  if (!message.body.empty()) {
    text += R"(,"body":)";
    detail::append_json_string(text, message.body);
  }
  text.append(R"(,"sentAfter":")").append(instant_text(attempt.began));
  text.append(R"(","sentBefore":")").append(instant_text(attempt.ended)).append("\"}");
  Secret input(text);
  wipe(text);
  return input;
}

}  // namespace

void Reconciliation::wait(Doubt doubt) {
  if (doubt.round == delays_.size()) {
    return give_up(doubt);
  }
  const auto delay = delays_[doubt.round];
  queue_.post_after(delay, [this, doubt = std::move(doubt)] { look(doubt); });
}

void Reconciliation::look(const Doubt& doubt) noexcept {
  try {
    start_look(doubt);
  } catch (const std::exception& error) {
    tell_failed(doubt, error);
  }
}

void Reconciliation::start_look(const Doubt& doubt) {
  loader::SendOptions options;
  options.timeout = time_to_look;
  const auto evidence = std::make_shared<std::string>();
  const Secret input = input_of(*doubt.attempt);
  Begun begun(open_);
  registry_.call(
      doubt.attempt->messenger.id(), MSGR_OPERATION_RECONCILE, input.reveal(), options,
      [evidence](std::string_view output) {
        *evidence = output;
        return true;
      },
      [this, doubt, evidence](const loader::Result& result) {
        queue_.post([this, doubt, evidence, result] {
          judge(doubt, result, *evidence);
          open_.end();
        });
      });
  begun.hand_on();
}

void Reconciliation::judge(Doubt doubt, const loader::Result& result, const std::string& evidence) noexcept {
  try {
    doubt.looked = doubt.looked || result.outcome == Outcome::ok || result.outcome == Outcome::unknown;
    if (result.outcome == Outcome::ok && found_(*doubt.attempt, result, evidence)) {
      return;
    }
    if (result.outcome == Outcome::config || result.outcome == Outcome::rejected) {  // it would be so again
      return give_up(doubt);
    }
    ++doubt.round;
    wait(std::move(doubt));
  } catch (const std::exception& error) {
    tell_failed(doubt, error);
  }
}

void Reconciliation::give_up(const Doubt& doubt) {
  log_.warning(doubt.looked ? "A message in doubt was not surely found at its provider; it stays in doubt."
                            : "A message in doubt could not be looked for; it stays in doubt.",
               {{"messageId", doubt.attempt->message.id}});
}

void Reconciliation::tell_failed(const Doubt& doubt, const std::exception& error) noexcept {
  log_.error("A message in doubt could not be looked for: " + std::string(error.what()),
             {{"messageId", doubt.attempt->message.id}});
}

}  // namespace messenger::host
