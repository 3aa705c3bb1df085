// SPDX-License-Identifier: Apache-2.0
#include "delivery/reconciliation.hpp"

#include <boost/json/object.hpp>

#include "runtime/instant_text.hpp"
#include "runtime/json_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

constexpr std::chrono::milliseconds time_to_look{10'000};

std::string input_of(const Attempt& attempt) {
  return to_sorted_text(json::object{
      {"body", attempt.message.body}, {"sentAfter", instant_text(attempt.began)}, {"to", attempt.message.to}});
}

}  // namespace

void Reconciliation::wait(std::shared_ptr<const Attempt> attempt, std::size_t round) {
  if (round == delays_.size()) {
    log_.warning("A message in doubt was not found at its provider; it stays in doubt.",
                 {{"messageId", attempt->message.id}});
    return;
  }
  queue_.post_after(delays_[round], [this, attempt = std::move(attempt), round] { look(attempt, round); });
}

void Reconciliation::look(const std::shared_ptr<const Attempt>& attempt, std::size_t round) {
  loader::SendOptions options;
  options.timeout = time_to_look;
  const auto evidence = std::make_shared<std::string>();
  std::string input = input_of(*attempt);
  registry_.call(
      attempt->messenger.id(), "reconcile", input, options,
      [evidence](std::string_view output) {
        *evidence = output;
        return true;
      },
      [this, attempt, round, evidence](const loader::Result& result) {
        queue_.post([this, attempt, round, evidence, result] { judge(attempt, round, result, *evidence); });
      });
  wipe(input);
}

void Reconciliation::judge(const std::shared_ptr<const Attempt>& attempt, std::size_t round,
                           const loader::Result& result, const std::string& evidence) noexcept {
  try {
    if (result.outcome == loader::Outcome::ok) {
      found_(*attempt, result, evidence);
    } else if (result.outcome != loader::Outcome::config) {  // as when the messenger is gone, or the host is ending
      wait(attempt, round + 1);
    }
  } catch (const std::exception& error) {
    log_.error("A message in doubt could not be looked for: " + std::string(error.what()),
               {{"messageId", attempt->message.id}});
  }
}

}  // namespace messenger::host
