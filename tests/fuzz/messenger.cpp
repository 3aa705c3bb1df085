// SPDX-License-Identifier: Apache-2.0
// A configuration, then a message, through a messenger's own table: built once for each messenger.
#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>

#include "answer.hpp"
#include "config.hpp"
#include "require.hpp"
#include "schema_secrets.hpp"
#include "support/fake_host.hpp"

using namespace messenger;
using fuzz::require;

namespace {

const msgr_plugin& plugin() {
  return *msgr_plugin_v1(0);
}

void count(void* context, const msgr_issue* issue) {
  require(issue->text.len != 0, "an issue has words");
  ++*static_cast<std::uint32_t*>(context);
}

// What stands on its own line of a request cannot be broken by a value.
void check(const test::SentRequest& request) {
  for (const std::string* text : {&request.method, &request.target, &request.content_type}) {
    require(text->find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
            "no line break in the request line");
  }
}

test::TestMessage take_message(FuzzedDataProvider& data) {
  test::TestMessage message;
  message.to = data.ConsumeRandomLengthString(40);
  message.from = data.ConsumeRandomLengthString(40);
  message.flags = data.ConsumeBool() ? MSGR_SECRET : 0;
  while (data.ConsumeBool()) {
    auto name = data.ConsumeRandomLengthString(20);
    message.attributes.emplace_back(std::move(name), data.ConsumeRandomLengthString(60));
  }
  message.body = data.ConsumeRandomLengthString(200);
  return message;
}

void send(test::FakeHost& host, msgr_instance* instance, FuzzedDataProvider& data) {
  const test::TestMessage message = take_message(data);
  const test::RawMessage raw(message);
  const msgr_op op = test::raw_op({});
  plugin().send(instance, &op, &raw.raw());
  require(host.sent.size() + host.completions.size() == 1, "a send asks once, or completes once");
  if (!host.sent.empty()) {
    check(host.sent.back());
    host.answer(fuzz::take_answer(data));
    require(host.completions.size() == 1, "the answer completes it");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  FuzzedDataProvider data(bytes, size);
  static const auto schema = loader::Schema::parse({plugin().config_schema.ptr, plugin().config_schema.len});
  const std::string text = data.ConsumeRandomLengthString(4'000);
  std::vector<loader::Issue> issues;
  const auto config = loader::Config::read(text, *schema, issues);
  if (!issues.empty()) {
    return 0;
  }
  test::FakeHost host;
  const msgr_config view = config.view();
  std::uint32_t reported = 0, refused = 0;
  const std::uint32_t counted = plugin().validate(host.raw(), &view, count, &reported);
  require(counted == reported, "validate reports what it counts");
  msgr_instance* const instance = plugin().configure(host.raw(), &view, count, &refused);
  require((instance == nullptr) == (refused != 0), "configure gives an instance or an issue");
  require(counted == 0 || instance == nullptr, "what validate refuses is not configured");
  if (instance != nullptr) {
    send(host, instance, data);
    plugin().destroy(instance);
    require(host.closed == static_cast<int>(host.opened.size()), "every endpoint is closed");
  }
  return 0;
}
