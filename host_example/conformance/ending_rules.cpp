// SPDX-License-Identifier: Apache-2.0
// cancel, stop and destroy.
#include <array>
#include <thread>

#include "conformance/rule.hpp"
#include "conformance/session.hpp"
#include "conformance/subject.hpp"

namespace messenger::host::conformance {

namespace {

constexpr std::uint64_t no_ticket = 0xFFFFFFFFFFFFFFF0U;
constexpr milliseconds settling{200};

// Whether calls throw is a rule of its own.
template <class Call>
bool throws(Call call) {
  try {
    call();
  } catch (...) {
    return true;
  }
  return false;
}

std::uint64_t send_into_silence(Session& session) {
  session.http().answer(silence);
  return session.send();
}

void cancel_all(Session& session) {
  const auto open = send_into_silence(session);
  session.cancel(open);
  session.cancel(no_ticket);
  session.wait(open);
  session.cancel(open);
}

Finding cancel_returns(Subject& subject) {
  Session& session = open_session(subject);
  if (session.plugin().cancel == nullptr) {
    return inapplicable("it has no cancel");
  }
  throws([&] { cancel_all(session); });
  return {};
}

Finding cancel_throws_nothing(Subject& subject) {
  Session& session = open_session(subject);
  return throws([&] { cancel_all(session); }) ? failed("cancel threw an exception") : Finding{};
}

Finding cancel_completes(Subject& subject) {
  Session& session = open_session(subject);
  const auto ticket = send_into_silence(session);
  session.cancel(ticket);
  session.wait(ticket);
  std::this_thread::sleep_for(settling);
  const auto count = session.host().ops().at(ticket).completions.size();
  return count == 1 ? Finding{} : failed("a cancelled op was completed " + std::to_string(count) + " times");
}

Finding cancel_of_unknown(Subject& subject) {
  Session& session = open_session(subject);
  session.cancel(no_ticket);
  session.exchange(accepted);
  const auto done = session.host().ops().begin()->first;
  session.cancel(done);
  session.cancel(0);
  std::this_thread::sleep_for(settling);
  if (!session.host().foreign().empty()) {
    return failed("cancel of a ticket that it never had completed one");
  }
  return session.host().ops().at(done).completions.size() == 1 ? Finding{}
                                                               : failed("cancel of a complete op completed it again");
}

Finding stop_returns(Subject& subject) {
  Session& session = open_session(subject);
  if (session.plugin().stop == nullptr) {
    return inapplicable("it has no stop");
  }
  session.exchange(accepted);
  throws([&] { session.stop(); });
  return {};
}

Finding stop_throws_nothing(Subject& subject) {
  Session& session = open_session(subject);
  session.exchange(accepted);
  return throws([&] { session.stop(); }) ? failed("stop threw an exception") : Finding{};
}

Finding stop_succeeds(Subject& subject) {
  Session& session = open_session(subject);
  session.exchange(accepted);
  const auto start = Clock::now();
  if (!session.stop()) {
    return failed("stop did not return 1 although every op was complete");
  }
  return Clock::now() - start <= Session::stop_time + Session::grace ? Finding{}
                                                                     : failed("stop returned after its deadline");
}

// An instance whose stop failed is kept for ever.
bool stops(Session& session) {
  bool stopped = false;
  return !throws([&] { stopped = session.stop(); }) && stopped;
}

// Once with an op that was, once without any.
void destroy_two(Session& used, Session& unused) {
  used.destroy();
  unused.destroy();
}

Finding destroy_returns(Subject& subject) {
  Session& used = open_session(subject);
  Session& unused = open_session(subject);
  used.exchange(accepted);
  if (!stops(used) || !stops(unused)) {
    return skipped("its stop fails, and then no instance is destroyed");
  }
  throws([&] { destroy_two(used, unused); });
  return {};
}

Finding destroy_throws_nothing(Subject& subject) {
  Session& used = open_session(subject);
  Session& unused = open_session(subject);
  used.exchange(accepted);
  stops(used);
  stops(unused);
  return throws([&] { destroy_two(used, unused); }) ? failed("destroy threw an exception") : Finding{};
}

Finding nothing_after_destroy(Subject& subject) {
  Session& session = open_session(subject);
  for (const Answer& answer : all_answers()) {
    session.exchange(answer);
  }
  if (session.plugin().cancel != nullptr) {
    cancel_all(session);
  }
  session.end();
  std::this_thread::sleep_for(2 * settling);
  const auto calls = session.host().late_calls();
  return calls.empty() ? Finding{} : failed("called " + calls.front() + " after destroy had returned");
}

Finding instances_are_apart(Subject& subject) {
  Session& first = open_session(subject);
  Session& second = open_session(subject);
  first.exchange(accepted);
  first.end();
  if (!second.exchange(accepted)) {
    return failed("an instance did not complete an op after another one was destroyed");
  }
  second.end();
  return {};
}

constexpr auto each = Rule::Scope::type;
constexpr std::string_view completes = "send.completes-by-deadline";
constexpr std::string_view cancel_good = "cancel.throws-nothing";
constexpr std::string_view destroy_good = "destroy.throws-nothing";
constexpr std::array rules{
    Rule{"cancel.returns",
         each,
         "cancel comes back: it neither crashes nor ends the process nor hangs.",
         {completes},
         cancel_returns},
    Rule{cancel_good, each, "No exception comes out of cancel.", {"cancel.returns"}, cancel_throws_nothing},
    Rule{"cancel.completes",
         each,
         "An op that was cancelled is still completed exactly once.",
         {cancel_good},
         cancel_completes},
    Rule{"cancel.unknown-is-harmless",
         each,
         "cancel of a ticket that is not open changes nothing.",
         {cancel_good},
         cancel_of_unknown},
    Rule{"stop.returns",
         each,
         "stop comes back: it neither crashes nor ends the process nor hangs.",
         {completes},
         stop_returns},
    Rule{"stop.throws-nothing", each, "No exception comes out of stop.", {"stop.returns"}, stop_throws_nothing},
    Rule{"stop.succeeds",
         each,
         "stop with every op complete returns 1, before its deadline.",
         {"stop.throws-nothing"},
         stop_succeeds},
    Rule{"destroy.returns",
         each,
         "destroy comes back: it neither crashes nor ends the process nor hangs.",
         {completes},
         destroy_returns},
    Rule{destroy_good, each, "No exception comes out of destroy.", {"destroy.returns"}, destroy_throws_nothing},
    Rule{"destroy.nothing-after",
         each,
         "destroy is the last call: after it the plugin uses nothing of the host's.",
         {destroy_good},
         nothing_after_destroy},
    Rule{"destroy.leaves-others",
         each,
         "An instance works on when another one is destroyed.",
         {destroy_good},
         instances_are_apart},
};

}  // namespace

std::span<const Rule> ending_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
