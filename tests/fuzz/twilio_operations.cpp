// SPDX-License-Identifier: Apache-2.0
// An operation's input, then Twilio's answers to it, through the messenger's own table.
#include <fuzzer/FuzzedDataProvider.h>

#include <boost/json/parse.hpp>

#include "answer.hpp"
#include "require.hpp"
#include "support/fake_host.hpp"

using namespace messenger;
using fuzz::require;

namespace {

constexpr const char* config = R"({"url":"http://h/t","accountSID":"AC0123456789abcdef0123456789abcdef","authToken":"t",
  "fromPhoneNumber":"+15005550006"})";

bool is_json(const std::string& text) {
  boost::json::error_code error;
  boost::json::parse(text, error);
  return !error;
}

void check(const test::SentRequest& request) {
  require(request.url == "http://h/t", "credentials go nowhere else");
  require(request.target.starts_with("/2010-04-01/") || request.target.starts_with("/v1/"), "only Twilio's paths");
}

void check(const test::FakeHost& host, const msgr_operation& operation) {
  require(host.completions.size() == 1, "a call is completed once");
  const bool search = std::string_view(operation.name) == "reconcile";
  const bool safe = (operation.flags & MSGR_OPERATION_SAFE) != 0;
  require(!safe || search || host.completions[0].outcome != MSGR_UNKNOWN, "what changes nothing is never in doubt");
  const bool list = (operation.flags & MSGR_OPERATION_LIST) != 0;
  require(list || host.outputs.size() <= 1, "only a list has several outputs");
  for (const std::string& output : host.outputs) {
    require(is_json(output), "an output is JSON");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  FuzzedDataProvider data(bytes, size);
  const msgr_operations& all = *test::operations_of(*msgr_plugin_v1(0));
  const msgr_operation& operation =
      all.operations[data.ConsumeIntegralInRange<std::size_t>(0, all.operation_count - 1)];
  const std::string input = data.ConsumeRandomLengthString(2'000);
  if (!is_json(input)) {
    return 0;
  }
  test::FakeHost host;
  test::Instance instance(host, *msgr_plugin_v1(0), config);
  instance.call(operation.name, input);
  for (int page = 0; page != 8 && host.completions.empty(); ++page) {
    require(host.sent.size() == static_cast<std::size_t>(page) + 1, "each answer brings a request or the end");
    check(host.sent.back());
    host.answer(fuzz::take_answer(data));
  }
  if (host.completions.empty()) {
    host.answer({.failure = MSGR_HTTP_CONNECT, .request_sent = 0});
  }
  check(host, operation);
  return 0;
}
