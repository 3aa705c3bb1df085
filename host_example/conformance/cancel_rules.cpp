// SPDX-License-Identifier: Apache-2.0
// msgr_plugin.cancel.
#include <array>
#include <thread>

#include "conformance/rule.hpp"
#include "conformance/session.hpp"
#include "conformance/throws.hpp"

namespace messenger::host::conformance {

namespace {

constexpr std::uint64_t no_ticket = 0xFFFFFFFFFFFFFFF0U;
constexpr milliseconds settling{200};

// Cancels an op that is open, one that is complete, and one that never was. Gives whether cancel threw.
bool cancel_throws(Subject& subject) {
  Session& session = open_session(subject);
  std::uint64_t open = no_ticket;
  session.http().answer(silence);
  throws([&] { open = session.send(); });  // that is a rule of send
  bool threw = throws([&] { session.cancel(open); });
  threw = throws([&] { session.cancel(no_ticket); }) || threw;
  if (open != no_ticket) {
    session.wait(open);
    threw = throws([&] { session.cancel(open); }) || threw;
  }
  return threw;
}

bool is_absent(Subject& subject) {
  return subject.table().cancel == nullptr;
}

Finding absent() {
  return inapplicable("it has no cancel");
}

Finding returns(Subject& subject) {
  if (is_absent(subject)) {
    return absent();
  }
  cancel_throws(subject);
  return {};
}

Finding throws_nothing(Subject& subject) {
  if (is_absent(subject)) {
    return absent();
  }
  return cancel_throws(subject) ? failed("cancel threw an exception") : Finding{};
}

Finding completes(Subject& subject) {
  if (is_absent(subject)) {
    return absent();
  }
  Session& session = open_session(subject);
  session.http().answer(silence);
  const auto ticket = session.send();
  session.cancel(ticket);
  session.wait(ticket);
  std::this_thread::sleep_for(settling);
  const auto count = session.host().ops().at(ticket).completions.size();
  return count == 1 ? Finding{} : failed("a cancelled op was completed " + std::to_string(count) + " times");
}

Finding unknown_is_harmless(Subject& subject) {
  if (is_absent(subject)) {
    return absent();
  }
  Session& session = open_session(subject);
  session.cancel(no_ticket);
  session.exchange(accepted);
  const auto complete = session.host().ops().begin()->first;
  session.cancel(complete);
  session.cancel(0);
  std::this_thread::sleep_for(settling);
  if (!session.host().foreign().empty()) {
    return failed("cancel of a ticket that it never had completed one");
  }
  return session.host().completions() == 1 ? Finding{} : failed("cancel of a complete op completed it again");
}

constexpr auto each = Rule::Scope::type;
constexpr std::string_view no_throw = "cancel.throws-nothing";
constexpr std::string_view once = "send.completes-once";
constexpr std::array rules{
    Rule{"cancel.returns",
         each,
         "cancel comes back: it neither crashes nor ends the process nor hangs.",
         {"send.returns"},
         returns},
    Rule{no_throw, each, "No exception comes out of cancel.", {"cancel.returns"}, throws_nothing},
    Rule{"cancel.completes",
         each,
         "An op that was cancelled is still completed exactly once.",
         {no_throw, once},
         completes},
    Rule{"cancel.unknown-is-harmless",
         each,
         "cancel of a ticket that is not open changes nothing.",
         {no_throw, once},
         unknown_is_harmless},
};

}  // namespace

std::span<const Rule> cancel_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
