// SPDX-License-Identifier: Apache-2.0
// msgr_plugin.stop and destroy.
#include <array>
#include <thread>

#include "conformance/rule.hpp"
#include "conformance/session.hpp"
#include "conformance/throws.hpp"

namespace messenger::host::conformance {

namespace {

constexpr milliseconds settling{400};

// An instance without an open op: one that has completed an op, or a new one of a plugin that completes none.
Session& open_idle(Subject& subject) {
  Session& used = open_session(subject);
  bool completed = false;
  throws([&] { completed = used.exchange(accepted); });
  return completed ? used : open_session(subject);
}

bool has_no_stop(Subject& subject) {
  return subject.table().stop == nullptr;
}

Finding no_stop() {
  return inapplicable("it has no stop");
}

Finding stop_returns(Subject& subject) {
  if (has_no_stop(subject)) {
    return no_stop();
  }
  Session& session = open_idle(subject);
  throws([&] { session.stop(); });
  return {};
}

Finding stop_throws_nothing(Subject& subject) {
  if (has_no_stop(subject)) {
    return no_stop();
  }
  Session& session = open_idle(subject);
  return throws([&] { session.stop(); }) ? failed("stop threw an exception") : Finding{};
}

Finding stop_succeeds(Subject& subject) {
  if (has_no_stop(subject)) {
    return no_stop();
  }
  Session& session = open_idle(subject);
  const auto start = Clock::now();
  if (!session.stop()) {
    return failed("stop did not return 1 although every op was complete");
  }
  return Clock::now() - start <= Session::stop_time + Session::grace ? Finding{}
                                                                     : failed("stop returned after its deadline");
}

// Destroys an instance that was used and one that was not, and gives whether that threw.
bool destroy_throws(Subject& subject) {
  bool threw = false;
  for (Session* session : {&open_idle(subject), &open_session(subject)}) {
    bool stopped = false;
    throws([&] { stopped = session->stop(); });
    if (!stopped) {
      throw NotTried("its stop fails, and then no instance is destroyed");
    }
    threw = throws([&] { session->destroy(); }) || threw;
  }
  return threw;
}

Finding destroy_returns(Subject& subject) {
  destroy_throws(subject);
  return {};
}

Finding destroy_throws_nothing(Subject& subject) {
  return destroy_throws(subject) ? failed("destroy threw an exception") : Finding{};
}

Finding completes_nothing(Subject& subject) {
  Session& session = open_session(subject);
  session.exchange_all();
  session.stop();
  const auto before = session.host().completions();
  session.destroy();
  return session.host().completions() == before ? Finding{} : failed("destroy completed a ticket");
}

Finding nothing_after(Subject& subject) {
  Session& session = open_session(subject);
  session.exchange_all();
  session.end();
  std::this_thread::sleep_for(settling);
  const auto calls = session.host().late_calls();
  return calls.empty() ? Finding{} : failed("called " + calls.front() + " after destroy had returned");
}

Finding leaves_others(Subject& subject) {
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
constexpr std::string_view no_throw = "destroy.throws-nothing";
constexpr std::string_view once = "send.completes-once";
constexpr std::array rules{
    Rule{"stop.returns",
         each,
         "stop comes back: it neither crashes nor ends the process nor hangs.",
         {"send.returns"},
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
         {"send.returns", "stop.returns"},
         destroy_returns},
    Rule{no_throw, each, "No exception comes out of destroy.", {"destroy.returns"}, destroy_throws_nothing},
    Rule{"destroy.completes-nothing",
         each,
         "When destroy is called every op is complete, and stays so.",
         {no_throw, once},
         completes_nothing},
    Rule{"destroy.nothing-after",
         each,
         "destroy is the last call: after it the plugin uses nothing of the host's.",
         {no_throw, once},
         nothing_after},
    Rule{"destroy.leaves-others",
         each,
         "An instance works on when another one is destroyed.",
         {no_throw, once},
         leaves_others},
};

}  // namespace

std::span<const Rule> ending_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
