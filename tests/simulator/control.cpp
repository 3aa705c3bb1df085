#include "simulator/control.hpp"

#include "simulator/object_reader.hpp"

namespace messenger::simulator {
namespace {

Response no_content() {
  return Response{http::status::no_content, 11};
}

}  // namespace

Response Control::handle(const Request& request) {
  const Target target = split_target(request.target());
  const std::string_view name = target.path.substr(control_prefix.size());
  if (name == "requests") return handle_requests(request, target);
  if (name == "messages") return handle_messages(request);
  if (name == "faults") return handle_faults(request);
  return message_response(http::status::not_found, "The control calls are requests, messages and faults");
}

Response Control::handle_requests(const Request& request, const Target& target) {
  switch (request.method()) {
    case http::verb::get:
      return json_response(http::status::ok, {{"requests", requests_.list(Form{target.query}.get("path"))}});
    case http::verb::delete_:
      requests_.clear();
      return no_content();
    default:
      return method_not_allowed("GET, DELETE");
  }
}

Response Control::handle_messages(const Request& request) {
  switch (request.method()) {
    case http::verb::get:
      return json_response(http::status::ok, {{"messages", messages_.list()}});
    case http::verb::delete_:
      messages_.clear();
      return no_content();
    default:
      return method_not_allowed("GET, DELETE");
  }
}

Response Control::handle_faults(const Request& request) {
  switch (request.method()) {
    case http::verb::get:
      return json_response(http::status::ok, {{"faults", faults_.list()}});
    case http::verb::post:
      return add_fault(request);
    case http::verb::delete_:
      faults_.clear();
      return no_content();
    default:
      return method_not_allowed("GET, POST, DELETE");
  }
}

Response Control::add_fault(const Request& request) {
  try {
    faults_.add(parse_fault_rule(parse_json(request.body())));
    return json_response(http::status::created, {{"faults", faults_.list()}});
  } catch (const JsonError& problem) {
    return message_response(http::status::bad_request, problem.what());
  }
}

}  // namespace messenger::simulator
