// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <iostream>

#include "cli/attempt.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host::cli {

using Clock = std::chrono::steady_clock;

namespace {

int send_message(const SendArguments& arguments, Runtime& runtime, const std::string& id) {
  std::vector<loader::Attribute> attributes;
  for (const std::string& argument : arguments.attributes) {
    attributes.push_back(split_assignment(argument));
  }
  const std::string key = new_uuid();
  const auto start = Clock::now();
  loader::Message message;
  message.to = arguments.to;
  message.body = arguments.text;
  message.attributes = attributes;
  message.secret = true;  // the text may hold a code
  if (arguments.lifetime > 0) {
    message.expires = start + from_seconds(arguments.lifetime);
  }
  loader::SendOptions options;
  options.timeout = from_seconds(arguments.timeout);
  options.idempotency_key = key;
  const auto result = await_attempt(runtime.registry(), [&](loader::Completion done) {
    return runtime.registry().send(id, message, options, std::move(done));
  });
  print_result(std::cout, arguments.json, result,
               std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start));
  return exit_status(result);
}

}  // namespace

int send(const SendArguments& arguments) {
  return with_messenger(arguments, [&arguments](Runtime& runtime, const std::string& id) {
    return send_message(arguments, runtime, id);
  });
}

}  // namespace messenger::host::cli
