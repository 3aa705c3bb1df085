// SPDX-License-Identifier: Apache-2.0
// msgr_plugin.send, and that each op is completed exactly once.
#include <thread>

#include "conformance/rule.hpp"
#include "conformance/session.hpp"
#include "conformance/throws.hpp"

namespace messenger::host::conformance {

namespace {

// How long a second completion is waited for, where one would be a fault.
constexpr milliseconds settling{100};

Finding returns(Subject& subject) {
  Session& session = open_session(subject);
  throws([&] { session.exchange_all(); });  // the next rule's
  return {};
}

Finding throws_nothing(Subject& subject) {
  Session& session = open_session(subject);
  if (throws([&] { session.exchange_all(); })) {
    return failed("send threw an exception");
  }
  return session.http().callback_threw() ? failed("an exception came out of an HTTP callback") : Finding{};
}

Finding does_not_block(Subject& subject) {
  Session& session = open_session(subject);
  session.http().answer(silence);
  const auto ticket = session.send();
  const auto returned = Clock::now();
  return returned < session.host().ops().at(ticket).deadline
             ? Finding{}
             : failed("send came back only after the op's deadline, 1 s");
}

Finding completes_own_ticket(Subject& subject) {
  Session& session = open_session(subject);
  session.exchange_all();
  std::this_thread::sleep_for(settling);
  const auto foreign = session.host().foreign();
  return foreign.empty() ? Finding{}
                         : failed("completed ticket " + std::to_string(foreign.front()) + ", which no op has");
}

Finding by_deadline(Session& session, const Answer& answer) {
  session.http().answer(answer);
  const auto ticket = session.send();
  const std::string after = session.http().requests() == 0 ? "" : ", after " + std::string(answer.name);
  return session.wait(ticket) ? Finding{} : failed("an op was not completed by its deadline" + after);
}

Finding completes_by_deadline(Subject& subject) {
  Session& session = open_session(subject);
  for (const Answer& answer : all_answers()) {
    if (auto finding = by_deadline(session, answer); finding.verdict != Verdict::passed) {
      return finding;
    }
  }
  return by_deadline(session, silence);
}

Finding once(Session& session) {
  std::this_thread::sleep_for(settling);
  for (const auto& [ticket, op] : session.host().ops()) {
    if (op.completions.size() != 1) {
      return failed("completed ticket " + std::to_string(ticket) + " " + std::to_string(op.completions.size()) +
                    " times");
    }
  }
  const auto foreign = session.host().foreign();
  return foreign.empty() ? Finding{}
                         : failed("completed ticket " + std::to_string(foreign.front()) + ", which no op has");
}

Finding completes_once(Subject& subject) {
  Session& session = open_session(subject);
  session.exchange_all();
  return once(session);
}

Finding concurrent(Subject& subject) {
  constexpr int senders = 4;
  constexpr int sends = 50;
  Session& session = open_session(subject);
  std::vector<std::thread> threads;
  for (int i = 0; i != senders; ++i) {
    threads.emplace_back([&session] {
      for (int j = 0; j != sends; ++j) {
        session.send({.idempotency_key = "key"}, milliseconds(2'000));
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const auto& [ticket, op] : session.host().ops()) {
    if (!session.wait(ticket)) {
      return failed("of " + std::to_string(senders * sends) + " sends on several threads not all were completed");
    }
  }
  return once(session);
}

Finding takes_any_message(Subject& subject) {
  Session& session = open_session(subject);
  const std::array drafts{
      Draft{.from = ""},
      Draft{.body = ""},
      Draft{.to = ""},
      Draft{.to = "no number \xF0\x9F\x98\x80"},
      Draft{.from = "SAMPLE"},
      Draft{.body = std::string(70'000, 'x')},
      Draft{.body = "\xE2\x82\xAC \xF0\x9F\x98\x80 \"quoted\" \\ \n\r\t \x01 % & + = </>"},
      Draft{.kind = "VOICE"},
      Draft{.locale = "de-CH"},
      Draft{.attributes = {{"MediaUrl", "https://h/1"}, {"MediaUrl", "https://h/2"}, {"code", "1"}, {"", ""}}},
      Draft{.attributes =
                {{"no\r\nheader", "\r\n"}, {"userId", "7a2c9f3e"}, {"type", "test"}, {"x", "\xF0\x9F\x98\x80"}}},
      Draft{.flags = MSGR_SECRET, .idempotency_key = "key", .expires = true},
      Draft{.flags = 0xFFFFFFFFU, .expires = true},
  };
  for (const Draft& draft : drafts) {
    if (!session.exchange(accepted, draft)) {
      return failed("an op with an unusual message was not completed by its deadline");
    }
  }
  return once(session);
}

constexpr auto each = Rule::Scope::type;
constexpr std::string_view no_throw = "send.throws-nothing";
constexpr std::string_view completes = "send.completes-by-deadline";
constexpr std::array rules{
    Rule{"send.returns",
         each,
         "send, and what it does with each answer, comes back: nothing crashes, ends the process or hangs.",
         {"configure.makes-instance"},
         returns},
    Rule{
        no_throw, each, "No exception comes out of send or of a service's callback.", {"send.returns"}, throws_nothing},
    Rule{"send.does-not-block", each, "send never waits for the network.", {no_throw}, does_not_block},
    Rule{"send.completes-own-ticket",
         each,
         "Only tickets of ops are completed.",
         {"send.does-not-block"},
         completes_own_ticket},
    Rule{completes,
         each,
         "Each op is completed by its deadline, also when no answer comes.",
         {"send.completes-own-ticket"},
         completes_by_deadline},
    Rule{"send.completes-once", each, "Each op is completed exactly once.", {completes}, completes_once},
    Rule{"send.concurrent",
         each,
         "send is called on any thread, on several at once.",
         {"send.completes-once"},
         concurrent},
    Rule{"send.takes-any-message",
         each,
         "Whatever a message holds, its op is completed exactly once.",
         {"send.completes-once"},
         takes_any_message},
};

}  // namespace

std::span<const Rule> send_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
