#include "simulator/twilio/api.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "simulator/text.hpp"
#include "simulator/twilio/catalog.hpp"
#include "simulator/twilio/crud.hpp"
#include "simulator/twilio/deactivation.hpp"
#include "simulator/twilio/path.hpp"

namespace messenger::simulator::twilio {
namespace {

constexpr std::string_view v2010_prefix = "/2010-04-01/";
constexpr std::string_view v1_prefix = "/v1/";

/// What a path leads to: what its names stand for, and who answers.
struct Route {
  std::vector<std::string> names;
  /// The path that must be there for it to make sense; empty = none.
  std::string parent;
  std::function<Response(ApiCall&, http::verb)> answer;
};

std::string parent_of(std::string_view list) {
  const std::string_view parent = list.substr(0, list.rfind('/'));
  const std::string_view name = parent.substr(parent.rfind('/') + 1);
  return is_sid_of("SM|MM|MG", name) ? std::string{parent} : std::string{};
}

std::optional<Route> match_resource(const Resource& resource, const std::string& path) {
  if (auto names = match_path(resource.list, path)) {
    return Route{std::move(*names), parent_of(path),
                 [&](ApiCall& call, http::verb verb) { return call_list(call, resource, verb); }};
  }
  const std::string instance = std::string{resource.list} + "/{" + std::string{resource.sid} + "}";
  auto names = match_path(instance, path);
  if (!names) return std::nullopt;
  return Route{std::move(*names), parent_of(path.substr(0, path.rfind('/'))),
               [&](ApiCall& call, http::verb verb) { return call_instance(call, resource, verb); }};
}

Response act(std::string_view pattern, ApiCall& call, http::verb verb) {
  std::string allowed;
  for (const Action& action : actions()) {
    if (action.path != pattern) continue;
    if (action.verb == verb) return action.answer(call);
    allowed += (allowed.empty() ? "" : ", ") + std::string{http::to_string(action.verb)};
  }
  return wrong_method(allowed);
}

std::optional<Route> find_route(const std::string& path) {
  for (const Resource* resource : resources()) {
    if (auto route = match_resource(*resource, path)) return route;
  }
  for (const Action& action : actions()) {
    if (auto names = match_path(action.path, path)) {
      return Route{std::move(*names), {}, [pattern = action.path](ApiCall& call, http::verb verb) {
                     return act(pattern, call, verb);
                   }};
    }
  }
  return std::nullopt;
}

// Twilio reads no other kind of body; the fields of such a one are simply missing.
Form form_of(const Request& request) {
  constexpr std::string_view form_type = "application/x-www-form-urlencoded";
  const std::string_view type = request[http::field::content_type];
  return beast::iequals(type.substr(0, type.find(';')), form_type) ? Form{request.body()} : Form{};
}

// The simulator speaks JSON only, where Twilio answers XML to a 2010-04-01 path without .json.
std::string without_suffix(std::string_view path) {
  constexpr std::string_view suffix = ".json";
  const bool has_suffix = path.starts_with(v2010_prefix) && path.ends_with(suffix);
  return std::string{has_suffix ? path.substr(0, path.size() - suffix.size()) : path};
}

/// The account whose resources the call sees; nothing when the path names another's.
std::optional<std::string> account_of(const Identity& identity, const std::vector<std::string>& names) {
  if (names.empty() || !is_sid(names.front(), "AC")) return identity.account;
  if (identity.any_account || names.front() == identity.account) return names.front();
  return std::nullopt;
}

bool is_there(Store& store, const std::string& account, const std::string& path) {
  if (path.empty()) return true;
  const std::size_t slash = path.rfind('/');
  return store.find(account, path.substr(0, slash), path.substr(slash + 1)) != nullptr;
}

}  // namespace

bool is_twilio_path(std::string_view path) {
  return path.starts_with(v2010_prefix) || path.starts_with(v1_prefix) || path.starts_with(deactivation_files);
}

Response Api::handle(const Request& request, std::size_t in_flight) {
  Response response = route(request);
  response.set("Twilio-Request-Id", random_sid("RQ"));
  response.set("Twilio-Concurrent-Requests", std::to_string(in_flight));
  if (response.result() == http::status::too_many_requests) response.set(http::field::retry_after, "1");
  return response;
}

Response Api::route(const Request& request) {
  const Target target = split_target(request.target());
  if (target.path.starts_with(deactivation_files)) return deactivation_file(target.path);
  const std::string path = without_suffix(target.path);
  auto route = find_route(path);
  if (!route) return not_found(target.path);
  const auto identity = world_.accounts.identify(request[http::field::authorization]);
  if (!identity) return unauthenticated();
  const auto account = account_of(*identity, route->names);
  if (!account || !is_there(world_.store, *account, route->parent)) return not_found(target.path);
  ApiCall call{world_,
               path,
               *account,
               std::move(route->names),
               Form{target.query},
               form_of(request),
               std::string{scheme_} + "://" + std::string{request[http::field::host]},
               std::chrono::system_clock::now()};
  return route->answer(call, request.method());
}

}  // namespace messenger::simulator::twilio
