#include "simulator/control.hpp"

#include <chrono>
#include <string>

#include "simulator/object_reader.hpp"
#include "simulator/twilio/status.hpp"

namespace messenger::simulator {
namespace {

constexpr std::string_view message_prefix = "messages/";

Response no_content() {
  return Response{http::status::no_content, 11};
}

/// What a hand-made step asks for.
struct Status {
  std::string name;
  std::int64_t error;
};

Status parse_status(std::string_view text) {
  const json::value source = parse_json(text);
  ObjectReader reader{source, "message"};
  const Status status{reader.text("status").value_or(""), reader.integer("errorCode", 0, 99'999).value_or(0)};
  reader.finish();
  if (!twilio::is_status(status.name)) reader.fail("status must be one of a message's statuses");
  return status;
}

twilio::Record* find_message(twilio::Store& store, std::string_view sid) {
  twilio::Record* found = nullptr;
  store.visit("Messages", [&](twilio::Record& message) {
    if (message.sid == sid) found = &message;
  });
  return found;
}

}  // namespace

json::array list_messages(twilio::Store& store) {
  json::array list;
  store.visit("Messages", [&](const twilio::Record& message) { list.emplace_back(message.shown); });
  return list;
}

Response Control::handle(const Request& request) {
  const Target target = split_target(request.target());
  const std::string_view name = target.path.substr(control_prefix.size());
  if (name == "requests") return handle_requests(request, target);
  if (name == "messages") return handle_messages(request);
  if (name.starts_with(message_prefix)) return handle_message(request, name.substr(message_prefix.size()));
  if (name == "faults") return handle_faults(request);
  if (name == "callbacks") return handle_callbacks(request);
  if (name == "callback-faults") return handle_callback_faults(request);
  return message_response(http::status::not_found,
                          "The control calls are requests, messages, faults, callbacks and callback-faults");
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
      return json_response(http::status::ok, {{"messages", list_messages(store_)}});
    case http::verb::delete_:
      store_.clear("Messages");
      return no_content();
    default:
      return method_not_allowed("GET, DELETE");
  }
}

Response Control::handle_message(const Request& request, std::string_view sid) {
  if (request.method() != http::verb::post) return method_not_allowed("POST");
  twilio::Record* message = find_message(store_, sid);
  if (message == nullptr) return message_response(http::status::not_found, "There is no such message");
  try {
    const Status status = parse_status(request.body());
    life_.set_status(*message, status.name, status.error, std::chrono::system_clock::now());
    return json_response(http::status::ok, message->shown);
  } catch (const JsonError& problem) {
    return message_response(http::status::bad_request, problem.what());
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

Response Control::handle_callbacks(const Request& request) {
  switch (request.method()) {
    case http::verb::get:
      return json_response(http::status::ok, {{"callbacks", callbacks_.list()}});
    case http::verb::delete_:
      callbacks_.clear();
      return no_content();
    default:
      return method_not_allowed("GET, DELETE");
  }
}

Response Control::handle_callback_faults(const Request& request) {
  switch (request.method()) {
    case http::verb::get:
      return json_response(http::status::ok, {{"faults", callbacks_.faults().list()}});
    case http::verb::post:
      return add_callback_fault(request);
    case http::verb::delete_:
      callbacks_.faults().clear();
      return no_content();
    default:
      return method_not_allowed("GET, POST, DELETE");
  }
}

Response Control::add_callback_fault(const Request& request) {
  try {
    callbacks_.faults().add(parse_json(request.body()));
    return json_response(http::status::created, {{"faults", callbacks_.faults().list()}});
  } catch (const JsonError& problem) {
    return message_response(http::status::bad_request, problem.what());
  }
}

}  // namespace messenger::simulator
