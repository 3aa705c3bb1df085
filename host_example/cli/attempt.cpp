// SPDX-License-Identifier: Apache-2.0
#include "cli/attempt.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <ostream>

#include "cli/interrupt.hpp"

namespace messenger::host::cli {

namespace json = boost::json;
using std::chrono::milliseconds;

namespace {

void keep_certificates(Certificates& kept, const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    const auto [id, file] = split_assignment(argument);
    std::string pem = read_file(std::string(file));
    kept.put(std::string(id), Secret(pem));
    wipe(pem);
  }
}

json::object describe(const loader::Result& result, milliseconds elapsed) {
  return {{"outcome", loader::to_string(result.outcome)},
          {"httpStatus", result.http_status},
          {"providerId", result.provider_id},
          {"providerCode", result.provider_code},
          {"detail", result.detail},
          {"retryAfterMs", result.retry_after.count()},
          {"elapsedMs", elapsed.count()}};
}

}  // namespace

loader::Attribute split_assignment(const std::string& argument) {
  const auto equals = argument.find('=');
  const std::string_view text(argument);
  return {text.substr(0, equals), text.substr(equals + 1)};
}

int with_messenger(const MessengerArguments& arguments,
                   const std::function<int(Runtime& runtime, const std::string& id)>& act) {
  MessengerDocument document = parse_messenger(read_file(arguments.file));
  block_signals(stop_signals());
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
  return issues.empty() ? act(runtime, id) : report_issues(arguments, arguments.file, issues);
}

loader::Result await_attempt(loader::Registry& registry,
                             const std::function<std::uint64_t(loader::Completion done)>& start) {
  struct Attempt {
    Interrupt interrupt;
    loader::Result result;
  };
  const auto attempt = std::make_shared<Attempt>();  // the completion may still be in finish() when wait() returns
  const auto ticket = start([attempt](const loader::Result& given) {
    attempt->result = given;
    attempt->interrupt.finish();
  });
  while (attempt->interrupt.wait() != 0) {
    registry.cancel(ticket);
  }
  return attempt->result;
}

void print_result(std::ostream& out, bool json, const loader::Result& result, milliseconds elapsed) {
  if (json) {
    out << json::serialize(describe(result, elapsed)) << '\n';
    return;
  }
  out << loader::to_string(result.outcome);
  const auto add = [&out](std::string_view label, const std::string& text) {
    if (!text.empty()) {
      out << "  " << label << text;
    }
  };
  add("", result.provider_id);
  add("HTTP ", result.http_status == 0 ? "" : std::to_string(result.http_status));
  add("code ", result.provider_code);
  add("retry after ms: ", result.retry_after.count() == 0 ? "" : std::to_string(result.retry_after.count()));
  add("", std::to_string(elapsed.count()) + " ms");
  add("", result.detail);
  out << '\n';
}

int exit_status(const loader::Result& result) {
  return result.outcome == loader::Outcome::ok ? success : first_outcome + static_cast<int>(result.outcome);
}

}  // namespace messenger::host::cli
