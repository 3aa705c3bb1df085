// SPDX-License-Identifier: Apache-2.0
// msgr.operations/1.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <thread>

#include "conformance/rule.hpp"
#include "conformance/sample_configuration.hpp"
#include "conformance/session.hpp"
#include "conformance/throws.hpp"
#include "loader/src/json_check.hpp"
#include "loader/src/utf8.hpp"

namespace messenger::host::conformance {

namespace json = boost::json;

namespace {

constexpr milliseconds settling{100};

Finding none() {
  return inapplicable("it offers no operations");
}

// What an operation's schema asks for, and what is near it.
std::vector<std::string> inputs_of(const msgr_operation& operation) {
  const json::value schema = json::parse(loader::view(operation.input_schema));
  const json::object sample = required_sample(schema.as_object());
  std::vector<std::string> inputs{json::serialize(sample)};
  for (const json::object& spoilt : spoil(sample)) {
    inputs.push_back(json::serialize(spoilt));
  }
  return inputs;
}

// Each operation with each input, and with what fits its schema each answer. Ends with the first that is not completed.
bool call_all(Session& session, const msgr_operations& operations) {
  for (std::uint32_t index = 0; index != operations.operation_count; ++index) {
    const auto inputs = inputs_of(operations.operations[index]);
    const auto completes = [&](const Answer& answer, const std::string& input) {
      session.http().answer(answer);
      return session.wait(session.call(index, input));
    };
    const bool completed =
        std::all_of(inputs.begin(), inputs.end(), [&](const std::string& input) { return completes(accepted, input); });
    for (const Answer& answer : all_answers()) {
      if (!completed || !completes(answer, inputs.front())) {
        return false;
      }
    }
  }
  return true;
}

Finding returns(Subject& subject) {
  const msgr_operations* const operations = subject.operations();
  if (operations == nullptr) {
    return none();
  }
  Session& session = open_session(subject);
  throws([&] { call_all(session, *operations); });  // the next rule's
  return {};
}

Finding throws_nothing(Subject& subject) {
  const msgr_operations* const operations = subject.operations();
  if (operations == nullptr) {
    return none();
  }
  Session& session = open_session(subject);
  if (throws([&] { call_all(session, *operations); })) {
    return failed("call threw an exception");
  }
  return session.http().callback_threw() ? failed("an exception came out of an HTTP callback") : Finding{};
}

Finding completes_once(Subject& subject) {
  const msgr_operations* const operations = subject.operations();
  if (operations == nullptr) {
    return none();
  }
  Session& session = open_session(subject);
  if (!call_all(session, *operations)) {
    return failed("a call was not completed by its deadline");
  }
  std::this_thread::sleep_for(settling);
  const auto ops = session.host().ops();
  const auto wrong =
      std::find_if(ops.begin(), ops.end(), [](const auto& op) { return op.second.completions.size() != 1; });
  if (wrong != ops.end()) {
    return failed("completed a call " + std::to_string(wrong->second.completions.size()) + " times");
  }
  return session.host().foreign().empty() ? Finding{} : failed("completed a ticket that no call has");
}

// Whether a call may have so many outputs its operation says.
Finding outputs(Subject& subject) {
  const msgr_operations* const operations = subject.operations();
  if (operations == nullptr) {
    return none();
  }
  Session& session = open_session(subject);
  for (std::uint32_t index = 0; index != operations->operation_count; ++index) {
    const msgr_operation& operation = operations->operations[index];
    session.http().answer(accepted);
    const auto ticket = session.call(index, inputs_of(operation).front());
    session.wait(ticket);
    const OpRecord op = session.host().ops().at(ticket);
    const std::string name = operation.name;
    if (op.late_outputs != 0) {
      return failed(name + " gave an output after it was completed");
    }
    if (op.outputs.size() > 1 && (operation.flags & MSGR_OPERATION_LIST) == 0) {
      return failed(name + " is no list and gave more than one output");
    }
    const auto is_json = [](const std::string& output) { return loader::is_json(output, loader::deepest_output); };
    if (!std::all_of(op.outputs.begin(), op.outputs.end(), is_json)) {
      return failed(name + " gave an output that is not JSON");
    }
  }
  return {};
}

constexpr auto each = Rule::Scope::type;
constexpr std::string_view no_throw = "operations.throws-nothing";
constexpr std::array rules{
    Rule{"operations.returns",
         each,
         "call, with any input and any answer, comes back: nothing crashes, ends the process or hangs.",
         {"table.operations", "send.returns"},
         returns},
    Rule{no_throw, each, "No exception comes out of call.", {"operations.returns"}, throws_nothing},
    Rule{"operations.completes-once",
         each,
         "Every call is completed, by its deadline and exactly once.",
         {no_throw},
         completes_once},
    Rule{"operations.outputs",
         each,
         "Outputs are JSON, come before the completion, and are many of a list only.",
         {"operations.completes-once"},
         outputs},
};

}  // namespace

std::span<const Rule> operation_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
