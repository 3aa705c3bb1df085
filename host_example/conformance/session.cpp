// SPDX-License-Identifier: Apache-2.0
#include "conformance/session.hpp"

#include <messenger/http.h>

#include <algorithm>

#include "conformance/throws.hpp"
#include "loader/src/utf8.hpp"

namespace messenger::host::conformance {

namespace {

std::uint64_t ns(Clock::time_point time) {
  return static_cast<std::uint64_t>(time.time_since_epoch() / std::chrono::nanoseconds(1));
}

std::string_view or_absent(const std::string& text) {
  return text.empty() ? std::string_view{} : std::string_view{text};
}

const msgr_config* place_config(Memory& memory, const msgr_config& config) {
  std::vector<msgr_field> fields(config.fields, config.fields + config.field_count);
  for (msgr_field& field : fields) {
    field.pointer = memory.text(loader::view(field.pointer));
    field.text = memory.text(loader::view(field.text));
  }
  msgr_config copy = config;
  copy.json = memory.text(loader::view(config.json));
  copy.fields = memory.copy(fields.data(), fields.size());
  return memory.copy(&copy);
}

}  // namespace

// Neither is ever freed: a plugin that breaks the rules may call them at any time.
Lender::Lender(Guard responses)
    : host(*new RecordingHost),
      http(*new ScriptedHttp(responses, [at = &host](const char* function) { at->note_call(function); })) {
  host.lend(MSGR_HTTP_1, http.table());
}

Session::Session(Subject& subject, Guards guards)
    : subject_(subject),
      plugin_(subject.table()),
      guards_(guards),
      lender_(guards.responses),
      configuration_memory_(guards.configuration) {
  lender_.host.on_complete = [this](std::uint64_t ticket) {
    const std::lock_guard lock(mutex_);
    memories_.at(ticket).close();
  };
}

bool Session::configure(const std::string& json) {
  const loader::Config config = subject_.read(json);
  const msgr_config* const placed = place_config(configuration_memory_, config.view());
  said_ = {};
  instance_ = plugin_.configure(lender_.host.raw(), placed, &Said::take, &said_);
  configuration_memory_.close();
  return instance_ != nullptr;
}

const msgr_message* Session::place(Memory& memory, const Draft& draft) {
  std::vector<msgr_pair> attributes;
  for (const auto& [name, value] : draft.attributes) {
    attributes.push_back({memory.text(name), memory.text(value)});
  }
  const msgr_message message{sizeof(message),
                             draft.flags,
                             draft.expires ? ns(Clock::now() + std::chrono::minutes(5)) : 0,
                             memory.text(draft.kind),
                             memory.text(draft.to),
                             memory.text(or_absent(draft.from)),
                             memory.text(draft.body),
                             memory.text(or_absent(draft.locale)),
                             attributes.empty() ? nullptr : memory.copy(attributes.data(), attributes.size()),
                             attributes.size()};
  return memory.copy(&message);
}

const msgr_op* Session::begin(Memory memory, msgr_str idempotency_key, milliseconds time) {
  const std::uint64_t ticket = next_ticket_++;
  const auto deadline = Clock::now() + time;
  const msgr_op op{sizeof(op), 1, ticket, ns(deadline), idempotency_key, msgr_str{nullptr, 0}};
  const msgr_op* const placed = memory.copy(&op);
  {
    const std::lock_guard lock(mutex_);
    memories_.emplace(ticket, std::move(memory));
  }
  lender_.host.expect(ticket, deadline);
  return placed;
}

std::uint64_t Session::send(const Draft& draft, milliseconds time) {
  Memory memory(guards_.messages);
  const msgr_message* const message = place(memory, draft);
  const msgr_str key = memory.text(or_absent(draft.idempotency_key));
  const msgr_op* const op = begin(std::move(memory), key, time);
  const std::uint64_t ticket = op->ticket;
  plugin_.send(instance_, op, message);
  return ticket;
}

std::uint64_t Session::call(std::uint32_t index, const std::string& input) {
  const msgr_operations& operations = *subject_.operations();
  const auto schema = loader::Schema::parse(loader::view(operations.operations[index].input_schema));
  std::vector<loader::Issue> issues;
  const loader::Config read = loader::Config::read(input, *schema, issues);
  Memory memory(guards_.messages);
  const msgr_config* const config = place_config(memory, read.view());
  const msgr_call raw{sizeof(raw), index, config->json, config->fields, config->field_count};
  const msgr_call* const call = memory.copy(&raw);
  const msgr_op* const op = begin(std::move(memory), msgr_str{nullptr, 0}, usual_time);
  const std::uint64_t ticket = op->ticket;
  operations.call(instance_, op, call);
  return ticket;
}

bool Session::exchange(const Answer& answer, const Draft& draft) {
  lender_.http.answer(answer);
  return wait(send(draft));
}

bool Session::exchange_all(const Draft& draft) {
  const auto answers = all_answers();
  return std::all_of(answers.begin(), answers.end(), [&](const Answer& answer) { return exchange(answer, draft); });
}

bool Session::stop() {
  return plugin_.stop == nullptr || plugin_.stop(instance_, ns(Clock::now() + stop_time)) == 1;
}

void Session::end() {
  stop();
  destroy();
  lender_.host.end();
}

Session& open_session(Subject& subject, Guards guards) {
  Session& session = *new Session(subject, guards);
  bool configured = false;
  if (throws([&] { configured = session.configure(subject.configuration()); })) {
    throw NotTried("configure threw an exception");
  }
  if (configured) {
    return session;
  }
  const auto& issues = session.said().issues;
  const std::string why = issues.empty() ? "" : ": " + issues.front().pointer + ": " + issues.front().text;
  throw NotTried(subject.was_given()
                     ? "the messenger given was refused" + why
                     : "the configuration made from its schema was refused" + why + " (give one with --messenger)");
}

}  // namespace messenger::host::conformance
