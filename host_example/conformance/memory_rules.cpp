// SPDX-License-Identifier: Apache-2.0
// Whose memory is whose, and for how long. Each ends a child that touches what it must not: see memory.hpp.
#include "conformance/memory.hpp"

#include <array>

#include "conformance/rule.hpp"
#include "conformance/session.hpp"
#include "conformance/subject.hpp"

namespace messenger::host::conformance {

namespace {

const Draft& full_draft() {
  static const Draft draft{.locale = "en-US",
                           .attributes = {{"code", "135790"}, {"userId", "7a2c9f3e"}},
                           .flags = MSGR_SECRET,
                           .idempotency_key = "0123456789",
                           .expires = true};
  return draft;
}

// A whole life, with the guards up.
Finding live(Subject& subject, const Guards& guards, const char* caught) {
  watch_guarded_memory(caught);
  Session& session = open_session(subject, guards);
  session.exchange_all(full_draft());
  session.end();
  return {};
}

Finding keeps_to_lengths(Subject& subject) {
  return live(subject, {Guard::ends, Guard::ends, Guard::ends}, "something was read or written beyond its end");
}

Finding keeps_no_configuration(Subject& subject) {
  return live(subject, {.configuration = Guard::time}, "the configuration was read after its call");
}

Finding keeps_no_message(Subject& subject) {
  return live(subject, {.messages = Guard::time}, "an op or its message was read after the op was completed");
}

Finding keeps_no_response(Subject& subject) {
  return live(subject, {.responses = Guard::time}, "an HTTP response was read after its callback");
}

constexpr auto each = Rule::Scope::type;
constexpr std::string_view lives = "destroy.throws-nothing";
constexpr std::array rules{
    Rule{"memory.keeps-to-lengths",
         each,
         "A text ends with its length; no NUL is behind it.",
         {lives, "send.completes-by-deadline"},
         keeps_to_lengths},
    Rule{"memory.keeps-no-configuration",
         each,
         "A configuration lives for the call.",
         {lives, "send.completes-by-deadline"},
         keeps_no_configuration},
    Rule{"memory.keeps-no-message",
         each,
         "An op and its message live until the plugin completes the op.",
         {lives, "send.completes-by-deadline"},
         keeps_no_message},
    Rule{"memory.keeps-no-response",
         each,
         "An HTTP response lives for its callback.",
         {lives, "send.completes-by-deadline"},
         keeps_no_response},
};

}  // namespace

std::span<const Rule> memory_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
