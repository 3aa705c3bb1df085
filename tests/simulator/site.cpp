#include "simulator/site.hpp"

#include <string>

#include "simulator/form.hpp"
#include "simulator/object_reader.hpp"

namespace messenger::simulator {
namespace {

constexpr std::string_view webhook_prefix = "/webhook";

std::string_view path_of(const Request& request) {
  return split_target(request.target()).path;
}

bool is_control(const Request& request) {
  return path_of(request).starts_with(control_prefix);
}

bool is_webhook(const Request& request) {
  return path_of(request).starts_with(webhook_prefix);
}

/// The fault JSON that the client itself has sent; empty when it has sent none.
std::string asked_fault(const Request& head) {
  const std::string_view header = head["X-Simulator-Fault"];
  if (!header.empty() || !is_webhook(head)) return std::string{header};
  return std::string{Form{split_target(head.target()).query}.get("fault")};
}

Fault parse_asked_fault(std::string_view text) {
  Fault fault = parse_fault(parse_json(text));
  if (fault.resets(ResetPoint::accept))
    throw JsonError{"fault: reset on accept needs a rule, it comes before any request"};
  return fault;
}

Fault refusal(const JsonError& problem) {
  Fault fault;
  fault.answer = CannedAnswer{.status = 400,
                              .headers = {},
                              .content_type = "application/json",
                              .body = json::serialize(json::object{{"message", problem.what()}})};
  return fault;
}

Response answer_webhook(const Request& request) {
  const bool accepted = request.method() == http::verb::post || request.method() == http::verb::put;
  return accepted ? json_response(http::status::ok, json::object{}) : method_not_allowed("POST, PUT");
}

}  // namespace

Site::Site(const Options& options)
    : accounts_{options.accounts, options.api_keys},
      life_{store_, options.step},
      rate_{options.rate},
      callbacks_{store_, accounts_},
      twilio_{{store_, accounts_, life_, rate_}, options.certificate_file.empty() ? "http" : "https"},
      control_{requests_, faults_, store_, life_, callbacks_} {
  life_.on_change([this](const twilio::Record& message) { callbacks_.report(message); });
}

Fault Site::fault_for(const Request& head) {
  if (is_control(head)) return {};
  const std::string asked = asked_fault(head);
  if (asked.empty()) return faults_.strike_request(path_of(head));
  try {
    return parse_asked_fault(asked);
  } catch (const JsonError& problem) {
    return refusal(problem);
  }
}

void Site::record(const Request& request, const Client& client) {
  if (!is_control(request)) requests_.add(request, client);
}

Response Site::answer(const Request& request) {
  if (is_control(request)) return control_.handle(request);
  if (is_webhook(request)) return answer_webhook(request);
  if (twilio::is_twilio_path(path_of(request))) return twilio_.handle(request, in_flight_);
  return message_response(http::status::not_found, "Served are /2010-04-01/, /v1/, /webhook and /simulator/");
}

}  // namespace messenger::simulator
