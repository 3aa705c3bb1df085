// SPDX-License-Identifier: Apache-2.0
#include <boost/json/object.hpp>
#include <chrono>
#include <iostream>
#include <memory>

#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host::cli {

namespace json = boost::json;
using Clock = std::chrono::steady_clock;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

namespace {

loader::Attribute split(const std::string& argument) {
  const auto equals = argument.find('=');
  const std::string_view text(argument);
  return {text.substr(0, equals), text.substr(equals + 1)};
}

// Ctrl-C asks the messenger to give up; the outcome says whether that was in time.
loader::Result send_interruptibly(loader::Registry& registry, const std::string& id, const loader::Message& message,
                                  const loader::SendOptions& options) {
  struct Sending {
    Interrupt interrupt;
    loader::Result result;
  };
  const auto sending = std::make_shared<Sending>();  // the completion may still be in finish() when wait() returns
  const auto ticket = registry.send(id, message, options, [sending](const loader::Result& given) {
    sending->result = given;
    sending->interrupt.finish();
  });
  while (!sending->interrupt.wait()) {
    registry.cancel(ticket);
  }
  return sending->result;
}

void print(const SendArguments& arguments, const loader::Result& result, milliseconds elapsed) {
  if (arguments.json) {
    print_json(json::object{{"outcome", loader::to_string(result.outcome)},
                            {"httpStatus", result.http_status},
                            {"providerId", result.provider_id},
                            {"providerCode", result.provider_code},
                            {"detail", result.detail},
                            {"retryAfterMs", result.retry_after.count()},
                            {"elapsedMs", elapsed.count()}});
    return;
  }
  std::cout << loader::to_string(result.outcome);
  const auto add = [](std::string_view label, const std::string& text) {
    if (!text.empty()) {
      std::cout << "  " << label << text;
    }
  };
  add("", result.provider_id);
  add("HTTP ", result.http_status == 0 ? "" : std::to_string(result.http_status));
  add("code ", result.provider_code);
  add("retry after ms: ", result.retry_after.count() == 0 ? "" : std::to_string(result.retry_after.count()));
  add("", std::to_string(elapsed.count()) + " ms");
  add("", result.detail);
  std::cout << '\n';
}

int send_message(const SendArguments& arguments, Runtime& runtime, const std::string& id) {
  std::vector<loader::Attribute> attributes;
  for (const std::string& argument : arguments.attributes) {
    attributes.push_back(split(argument));
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
  const auto result = send_interruptibly(runtime.registry(), id, message, options);
  print(arguments, result, duration_cast<milliseconds>(Clock::now() - start));
  return result.outcome == loader::Outcome::ok ? success : first_outcome + static_cast<int>(result.outcome);
}

void keep_certificates(Certificates& kept, const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    const auto [id, file] = split(argument);
    std::string pem = read_file(std::string(file));
    kept.put(std::string(id), Secret(pem));
    wipe(pem);
  }
}

}  // namespace

int send(const SendArguments& arguments) {
  MessengerDocument document = parse_messenger(read_file(arguments.file));
  block_interrupts();
  Runtime runtime = make_runtime(arguments, document.debug, with_proxy_password(arguments.network));
  keep_certificates(runtime.certificates(), arguments.certificates);
  if (!document.type.empty() && !knows_type(runtime.registry(), document.type)) {
    return report_no_such_type(arguments, document.type, runtime.registry());
  }
  const std::string id = document.name;
  auto issues = std::move(document.issues);
  if (!document.type.empty()) {
    for (auto& issue : within_messenger(runtime.registry().configure(id, document.type, document.config))) {
      issues.push_back(std::move(issue));
    }
  }
  return issues.empty() ? send_message(arguments, runtime, id) : report_issues(arguments, arguments.file, issues);
}

}  // namespace messenger::host::cli
