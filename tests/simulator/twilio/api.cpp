#include "simulator/twilio/api.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "simulator/text.hpp"
#include "simulator/twilio/error.hpp"
#include "simulator/twilio/message_list.hpp"
#include "simulator/twilio/validation.hpp"

namespace messenger::simulator::twilio {
namespace {

struct Route {
  std::string_view account;
  /// Empty for the list.
  std::string_view message;
};

std::optional<Route> match(std::string_view path) {
  constexpr std::string_view accounts = "/2010-04-01/Accounts/";
  constexpr std::string_view list = "/Messages.json";
  constexpr std::string_view instance = "/Messages/";
  constexpr std::string_view suffix = ".json";
  if (!path.starts_with(accounts)) return std::nullopt;
  path.remove_prefix(accounts.size());
  const std::string_view account = path.substr(0, path.find('/'));
  path.remove_prefix(account.size());
  if (path == list) return Route{account, {}};
  if (!path.starts_with(instance) || !path.ends_with(suffix)) return std::nullopt;
  const std::string_view sid = path.substr(instance.size(), path.size() - instance.size() - suffix.size());
  const bool is_instance = !sid.empty() && sid.find('/') == std::string_view::npos;
  return is_instance ? std::optional{Route{account, sid}} : std::nullopt;
}

// Twilio reads no other kind of body; the fields of such a one are simply missing.
Form form_of(const Request& request) {
  constexpr std::string_view form_type = "application/x-www-form-urlencoded";
  const std::string_view type = request[http::field::content_type];
  return beast::iequals(type.substr(0, type.find(';')), form_type) ? Form{request.body()} : Form{};
}

}  // namespace

Api::Api(Accounts accounts, MessageStore& messages) : accounts_{std::move(accounts)}, messages_{messages} {}

Response Api::handle(const Request& request, std::size_t in_flight) {
  Response response = route(request);
  response.set("Twilio-Request-Id", random_sid("RQ"));
  response.set("Twilio-Concurrent-Requests", std::to_string(in_flight));
  return response;
}

Response Api::route(const Request& request) {
  const Target target = split_target(request.target());
  const auto route = match(target.path);
  if (!route) return not_found(target.path);
  const Access access = accounts_.check(request[http::field::authorization], route->account);
  if (access == Access::unauthenticated) return unauthenticated();
  if (access == Access::other_account) return not_found(target.path);
  const bool get = request.method() == http::verb::get;
  if (!route->message.empty()) return get ? fetch(route->account, route->message, target.path) : wrong_method("GET");
  if (get) return list_messages(messages_, route->account, target);
  return request.method() == http::verb::post ? create(request, route->account) : wrong_method("GET, POST");
}

Response Api::create(const Request& request, std::string_view account) {
  const Form form = form_of(request);
  if (const auto problem = validate(form, std::chrono::system_clock::now())) return error_response(*problem);
  const Message& message = messages_.add(make_message(std::string{account}, form));
  return json_response(http::status::created, to_json(message));
}

Response Api::fetch(std::string_view account, std::string_view sid, std::string_view path) const {
  const Message* message = messages_.find(account, sid);
  return message == nullptr ? not_found(path) : json_response(http::status::ok, to_json(*message));
}

}  // namespace messenger::simulator::twilio
