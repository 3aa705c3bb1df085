// SPDX-License-Identifier: Apache-2.0
// Operations: what the plugin gets, where its outputs go, and that the caller has one answer, after them.
#include <boost/test/unit_test.hpp>
#include <thread>

#include "loader_support.hpp"

using namespace loader_test;
using loader::Outcome;
using loader::Result;

namespace {

std::string text(msgr_str value) {
  return value.ptr == nullptr ? "absent" : std::string(value.ptr, value.len);
}

msgr_str str(std::string_view value) {
  return {value.data(), value.size()};
}

// What a call brought.
struct Outputs {
  loader::Output function() {
    return [this](std::string_view json) {
      seen.emplace_back(json);
      return seen.size() < most;
    };
  }
  std::vector<std::string> seen;
  std::size_t most = 100;
};

Result call(Stage& stage, Outputs& outputs, const std::string& operation = "things.list",
            const std::string& input = "{}", const loader::SendOptions& options = {}) {
  return stage.registry.call("m", operation, input, options, outputs.function());
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_catalogue_is_part_of_the_type) {
  const Stage stage;
  for (const loader::TypeInfo& type : stage.registry.types()) {
    if (type.type != "Puppet") {
      BOOST_TEST(type.operations->empty());
      BOOST_TEST(!type.reads_receipts);
      continue;
    }
    BOOST_TEST(type.reads_receipts);
    BOOST_REQUIRE_EQUAL(type.operations->size(), 2u);
    const loader::Operation& list = type.operations->at(0);
    BOOST_TEST(list.name == "things.list");
    BOOST_TEST(list.summary == "Lists things.");
    BOOST_TEST(list.input_schema.find("writeOnly") != std::string::npos);
    BOOST_TEST(list.output_schema == R"({"type":"object"})");
    BOOST_TEST((list.safe && list.list));
    const loader::Operation& remove = type.operations->at(1);
    BOOST_TEST(remove.output_schema.empty());
    BOOST_TEST((!remove.safe && !remove.list));
  }
}

BOOST_AUTO_TEST_CASE(the_plugin_gets_its_input_flattened_and_secrets_are_kept_out_of_its_json) {
  Stage stage;
  std::string json, fields, key;
  std::uint32_t index = 9;
  stage.strings.on_call = [&](const msgr_host* host, const msgr_op* op, const msgr_call* call) {
    json = text(call->json);
    index = call->index;
    key = text(op->idempotency_key);
    for (std::size_t i = 0; i != call->field_count; ++i) {
      fields += text(call->fields[i].pointer) + "=" + text(call->fields[i].text) + ";";
    }
    host->complete(host, op->ticket, MSGR_OK, nullptr);
  };
  Outputs outputs;
  const Result result = call(stage, outputs, "things.list", R"({"name":"a","pin":"1234"})", {.idempotency_key = "k"});
  BOOST_TEST((result.outcome == Outcome::ok));
  BOOST_TEST(index == 0u);
  BOOST_TEST(key == "k");
  BOOST_TEST(json == R"({"name":"a","pin":"***"})");
  BOOST_TEST(fields == "/name=a;/pin=1234;");
}

BOOST_AUTO_TEST_CASE(outputs_come_in_order_and_then_the_answer) {
  Stage stage;
  stage.strings.on_call = [](const msgr_host* host, const msgr_op* op, const msgr_call*) {
    const std::uint64_t ticket = op->ticket;
    for (const char* one : {"{\"n\":1}", "[2]", "3"}) {
      if (host->output(host, ticket, str(one)) == 0) break;
    }
    host->complete(host, ticket, MSGR_OK, nullptr);
  };
  Outputs all;
  BOOST_TEST((call(stage, all).outcome == Outcome::ok));
  BOOST_TEST(all.seen == (std::vector<std::string>{"{\"n\":1}", "[2]", "3"}), boost::test_tools::per_element());
  Outputs two{.seen = {}, .most = 2};
  BOOST_TEST((call(stage, two).outcome == Outcome::ok));
  BOOST_TEST(two.seen.size() == 2u);
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_counted_and_not_handed_on) {
  Stage stage;
  stage.strings.on_call = [](const msgr_host* host, const msgr_op* op, const msgr_call*) {
    for (const char* one : {"", "{", "{} {}", "\"\xff\"", "{}"}) host->output(host, op->ticket, str(one));
    host->output(host, op->ticket, {nullptr, 0});
    host->complete(host, op->ticket, MSGR_OK, nullptr);
  };
  Outputs outputs;
  call(stage, outputs);
  BOOST_TEST(outputs.seen == (std::vector<std::string>{"{}"}), boost::test_tools::per_element());
  BOOST_TEST(stage.registry.stats().malformed_outputs == 5u);
}

BOOST_AUTO_TEST_CASE(an_output_for_a_send_for_another_or_for_nobody_is_counted_and_ignored) {
  Stage stage;
  std::uint64_t ended = 0;
  stage.strings.on_send = [&](const msgr_host* host, const msgr_op* op, const msgr_message*) {
    ended = op->ticket;
    BOOST_TEST(host->output(host, op->ticket, str("{}")) == 0u);
    BOOST_TEST(host->output(host, 0, str("{}")) == 0u);
    BOOST_TEST(host->output(host, ~std::uint64_t{0}, str("{}")) == 0u);
    host->complete(host, op->ticket, MSGR_OK, nullptr);
    BOOST_TEST(host->output(host, ended, str("{}")) == 0u);
  };
  BOOST_TEST((stage.registry.send("m", hello).outcome == Outcome::ok));
  BOOST_TEST(stage.registry.stats().foreign_outputs == 4u);
}

BOOST_AUTO_TEST_CASE(there_is_no_output_after_the_answer) {
  Stage stage;
  Held held;
  std::vector<std::uint64_t> tickets;
  stage.strings.on_call = [&](const msgr_host* host, const msgr_op* op, const msgr_call*) {
    held.keep()(host, op, nullptr);
  };
  Outputs outputs;
  const Result result = call(stage, outputs, "things.list", "{}", {.timeout = 30ms});
  BOOST_TEST((result.outcome == Outcome::unknown));
  const auto& op = held.ops.at(0);
  BOOST_TEST(op.host->output(op.host, op.op->ticket, str("{}")) == 0u);
  BOOST_TEST(outputs.seen.empty());
  BOOST_TEST(stage.registry.stats().foreign_outputs == 0u);
  held.complete(0);
}

BOOST_AUTO_TEST_CASE(a_deadline_waits_for_an_output_under_way) {
  Stage stage;
  Held held;
  stage.strings.on_call = [&](const msgr_host* host, const msgr_op* op, const msgr_call*) {
    held.keep()(host, op, nullptr);
  };
  std::atomic<bool> answered = false, answered_inside = false;
  const auto output = [&](std::string_view) {
    std::this_thread::sleep_for(150ms);  // the deadline passes meanwhile
    answered_inside = answered.load();
    return true;
  };
  stage.registry.call("m", "things.list", "{}", {.timeout = 50ms}, output,
                      [&](const Result& result) { answered = result.outcome == Outcome::unknown; });
  BOOST_REQUIRE(held.wait(1));
  const auto op = held.ops.at(0);
  const std::uint64_t ticket = op.op->ticket;
  op.host->output(op.host, ticket, str("{}"));
  BOOST_TEST(!answered_inside.load());
  BOOST_TEST(soon([&] { return answered.load(); }));
  held.complete(0);
}

BOOST_AUTO_TEST_CASE(a_completion_during_an_output_waits_for_it) {
  Stage stage;
  Held held;
  stage.strings.on_call = [&](const msgr_host* host, const msgr_op* op, const msgr_call*) {
    held.keep()(host, op, nullptr);
  };
  stage.strings.on_cancel = [](const msgr_host* host, std::uint64_t ticket) {
    host->complete(host, ticket, MSGR_CANCELLED, nullptr);
  };
  std::atomic<bool> answered_inside = false;
  std::uint64_t ticket = 0;
  const auto output = [&](std::string_view) {
    BOOST_TEST(stage.registry.cancel(ticket));
    answered_inside = stage.answers.count() != 0;
    return true;
  };
  ticket = stage.registry.call("m", "things.list", "{}", {}, output, stage.answers.completion());
  const auto op = held.ops.at(0);
  op.host->output(op.host, ticket, str("{}"));
  BOOST_TEST(!answered_inside.load());
  const auto results = stage.answers.wait(1);
  BOOST_REQUIRE_EQUAL(results.size(), 1u);
  BOOST_TEST((results[0].outcome == Outcome::cancelled));
}

BOOST_AUTO_TEST_CASE(a_parked_messengers_call_is_answered_after_its_output) {
  Stage stage;
  Held held;
  stage.strings.on_call = [&](const msgr_host* host, const msgr_op* op, const msgr_call*) {
    held.keep()(host, op, nullptr);
  };
  std::atomic<bool> inside = false, leave = false;
  stage.registry.call(
      "m", "things.list", "{}", {},
      [&](std::string_view) {
        inside = true;
        soon([&] { return leave.load(); });
        return true;
      },
      stage.answers.completion());
  const auto op = held.ops.at(0);
  const std::uint64_t ticket = op.op->ticket;
  std::thread plugin([&] { op.host->output(op.host, ticket, str("{}")); });
  BOOST_TEST(soon([&] { return inside.load(); }));
  BOOST_TEST(stage.registry.shutdown(20ms).parked == 1u);
  BOOST_TEST(stage.answers.count() == 0u);
  leave = true;
  plugin.join();
  const auto results = stage.answers.wait(1);
  BOOST_REQUIRE_EQUAL(results.size(), 1u);
  BOOST_TEST((results[0].outcome == Outcome::unknown));
}

BOOST_AUTO_TEST_CASE(an_output_function_that_throws_ends_the_outputs) {
  Stage stage;
  std::uint32_t more = 1;
  stage.strings.on_call = [&](const msgr_host* host, const msgr_op* op, const msgr_call*) {
    more = host->output(host, op->ticket, str("{}"));
    host->complete(host, op->ticket, MSGR_OK, nullptr);
  };
  const Result result = stage.registry.call("m", "things.list", "{}", {},
                                            [](std::string_view) -> bool { throw std::runtime_error("host"); });
  BOOST_TEST((result.outcome == Outcome::ok));
  BOOST_TEST(more == 0u);
  BOOST_TEST(stage.registry.stats().completion_exceptions == 1u);
}

BOOST_AUTO_TEST_CASE(waiting_inside_an_output_is_refused) {
  Stage stage;
  stage.strings.on_call = [](const msgr_host* host, const msgr_op* op, const msgr_call*) {
    host->output(host, op->ticket, str("{}"));
    host->complete(host, op->ticket, MSGR_OK, nullptr);
  };
  bool refused = false;
  stage.registry.call("m", "things.list", "{}", {}, [&](std::string_view) {
    try {
      stage.registry.send("m", hello);
    } catch (const loader::Error& error) {
      refused = error.kind() == loader::Error::Kind::would_block;
    }
    return true;
  });
  BOOST_TEST(refused);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_called_is_refused_with_the_reason) {
  Stage stage;
  Outputs outputs;
  const auto refused = [&](const std::string& operation, const std::string& input) {
    const Result result = call(stage, outputs, operation, input);
    BOOST_TEST((result.outcome == Outcome::rejected));
    return result.detail;
  };
  BOOST_TEST(refused("things.find", "{}") == "the type Puppet has no operation \"things.find\"");
  BOOST_TEST(refused("things.list", "[]").starts_with("the input cannot be read: "));
  BOOST_TEST(refused("things.list", "{").starts_with("the input cannot be read: "));
  BOOST_TEST(refused("things.list", R"({"a":1,"a":2})").find("/a") != std::string::npos);
  const Result nobody = stage.registry.call("nobody", "things.list", "{}", {}, outputs.function());
  BOOST_TEST((nobody.outcome == Outcome::config));
  BOOST_TEST(nobody.detail == "there is no messenger \"nobody\"");
  Stage plain("Echo");
  BOOST_TEST(plain.registry.call("m", "check", "{}", {}, outputs.function()).detail ==
             "the type Echo has no operation \"check\"");
}

BOOST_AUTO_TEST_CASE(a_plugin_that_throws_from_call_or_never_answers_ends_as_unknown) {
  Stage stage;
  Outputs outputs;
  stage.strings.on_call = [](const msgr_host*, const msgr_op*, const msgr_call*) {
    throw std::runtime_error("plugin");
  };
  BOOST_TEST((call(stage, outputs).outcome == Outcome::unknown));
  BOOST_TEST(stage.registry.stats().plugin_exceptions == 1u);
  BOOST_TEST(stage.log.has("the plugin threw an exception from call"));
  stage.strings.on_call = [](const msgr_host*, const msgr_op*, const msgr_call*) {};
  BOOST_TEST((call(stage, outputs, "things.list", "{}", {.timeout = 20ms}).outcome == Outcome::unknown));
}

BOOST_AUTO_TEST_CASE(calls_and_sends_at_once_each_have_their_own_answer) {
  Stage stage;
  stage.strings.on_call = [](const msgr_host* host, const msgr_op* op, const msgr_call* call) {
    const std::string number = text(call->fields[0].text);
    host->output(host, op->ticket, str(number));
    const msgr_result result{sizeof(result), 0, 0, str(number), {nullptr, 0}, {nullptr, 0}};
    host->complete(host, op->ticket, MSGR_OK, &result);
  };
  std::atomic<int> wrong = 0;
  const auto run = [&](int first) {
    for (int i = first; i != first + 500; ++i) {
      std::string seen;
      const Result result = stage.registry.call("m", "things.list", "{\"n\":" + std::to_string(i) + "}", {},
                                                [&](std::string_view json) { return seen = json, true; });
      if (seen != std::to_string(i) || result.provider_id != seen) ++wrong;
      if (stage.registry.send("m", hello).outcome != Outcome::ok) ++wrong;
    }
  };
  std::thread other([&] { run(1000); });
  run(5000);
  other.join();
  BOOST_TEST(wrong == 0);
  BOOST_TEST(stage.registry.messengers().at(0).in_flight == 0u);
}
