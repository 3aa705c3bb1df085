// SPDX-License-Identifier: Apache-2.0
#include "api/openapi.hpp"

#include <messenger/plugin.h>

#include <boost/algorithm/string/case_conv.hpp>
#include <boost/json/array.hpp>
#include <cctype>

#include "api/json_body.hpp"
#include "api/openapi_schemas.hpp"
#include "api/route_path.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

json::object reference(const std::string& schema) {
  return {{"$ref", "#/components/schemas/" + schema}};
}

json::object json_content(const std::string& schema) {
  return {{"application/json", json::object{{"schema", reference(schema)}}}};
}

std::string description_of(unsigned status) {
  switch (status) {
    case 200:
      return "Done.";
    case 400:
      return "The request has problems; the body lists all of them.";
    case 202:
      return "Accepted, and kept.";
    case 204:
      return "Done. No body.";
    case 401:
      return "There is no API key in Authorization that allows this. No body.";
    case 403:
      return "It is not the provider's. No body.";
    case 404:
      return "There is no such object. No body.";
    case 409:
      return "Too late for that; the body says why.";
    case 413:
      return "The body is too long. No body.";
    case 421:
      return "The code is not the one that is good. No body.";
    case 429:
      return "Too many; the body says of what.";
    case 503:
      return "Not now; nothing was done, and the same may do later.";
    default:
      return "Something failed inside; the log has it. No body.";
  }
}

json::object responses_of(const Route& route) {
  json::object ok{{"description", description_of(route.document.success)}};
  if (!route.document.response.empty()) {
    ok["content"] = json_content(route.document.response);
  }
  json::object responses{{std::to_string(route.document.success), std::move(ok)}};
  const auto add = [&responses, &route](unsigned status, bool with_errors) {
    json::object response{{"description", description_of(status)}};
    if (status < 300 && !route.document.response.empty()) {
      response["content"] = json_content(route.document.response);
    } else if (with_errors) {
      response["content"] = json_content("Errors");
    }
    responses[std::to_string(status)] = std::move(response);
  };
  add(400, true);
  add(500, false);
  add(503, true);
  if (route.access == Access::api_key) {
    add(401, false);
  }
  for (const unsigned status : route.document.also) {
    add(status, status == 409 || status == 429);
  }
  return responses;
}

json::object schema_of_kind(const std::string& kind) {
  if (kind == "uuid") {
    return {{"type", "string"}, {"format", "uuid"}};
  }
  if (kind == "long") {
    return {{"type", "integer"}, {"format", "int64"}};
  }
  return {{"type", "string"}, {"minLength", 1}};
}

json::array parameters_of(const Route& route) {
  json::array parameters;
  for (const PathPart& part : parts_of(route.path)) {
    if (part.parameter) {
      parameters.push_back(
          json::object{{"name", part.text}, {"in", "path"}, {"required", true}, {"schema", schema_of_kind(part.kind)}});
    }
  }
  for (const std::string& name : route.document.query) {
    parameters.push_back(json::object{{"name", name}, {"in", "query"}, {"schema", json::object{{"type", "string"}}}});
  }
  return parameters;
}

// "/api/messenger/{messengerId}"
std::string template_of(const Route& route) {
  std::string path;
  for (const PathPart& part : parts_of(route.path)) {
    path.append("/").append(part.parameter ? "{" + part.text + "}" : part.text);
  }
  return path;
}

// "PATCH /api/messenger/{messengerId:uuid}" is "patchApiMessengerByMessengerId".
std::string operation_id(const Route& route) {
  std::string id = boost::to_lower_copy(route.method);
  for (const PathPart& part : parts_of(route.path)) {
    bool capital = true;
    for (const char character : (part.parameter ? "by-" : "") + part.text) {
      const auto byte = static_cast<unsigned char>(character);
      if (std::isalnum(byte) != 0) {
        id += capital ? static_cast<char>(std::toupper(byte)) : character;
      }
      capital = std::isalnum(byte) == 0;
    }
  }
  return id;
}

json::object request_body(const Route& route) {
  json::object content = json_content(route.document.request);
  if (route.method == "PATCH") {
    content["application/merge-patch+json"] = json::object{{"schema", json::object{{"type", "object"}}}};
    content["application/json-patch+json"] = json::object{{"schema", reference("JsonPatch")}};
    content["application/json"] = json::object{{"schema", json::object{{"type", "object"}}}};
  }
  return {{"required", true}, {"content", std::move(content)}};
}

json::object operation_of(const Route& route) {
  json::object operation{{"operationId", operation_id(route)},
                         {"summary", route.document.summary},
                         {"tags", json::array{route.document.tag}},
                         {"responses", responses_of(route)}};
  if (json::array parameters = parameters_of(route); !parameters.empty()) {
    operation["parameters"] = std::move(parameters);
  }
  if (!route.document.request.empty()) {
    operation["requestBody"] = request_body(route);
  }
  if (route.access == Access::anyone) {
    operation["security"] = json::array{};
  }
  return operation;
}

}  // namespace

json::object openapi_document(const std::vector<Route>& routes, const std::vector<loader::TypeInfo>& types) {
  json::object paths;
  for (const Route& route : routes) {
    json::value& item = paths[template_of(route)];
    if (!item.is_object()) {
      item = json::object{};
    }
    item.get_object()[boost::to_lower_copy(route.method)] = operation_of(route);
  }
  const json::object api_key{{"type", "apiKey"}, {"in", "header"}, {"name", "Authorization"}};
  return {{"openapi", "3.1.0"},
          {"info", json::object{{"title", "messenger-host"},
                                {"version", MSGR_VERSION},
                                {"description", "FusionAuth's messenger API, for every messenger that is loaded."}}},
          {"security", json::array{json::object{{"apiKey", json::array{}}}}},
          {"paths", std::move(paths)},
          {"components",
           json::object{{"securitySchemes", json::object{{"apiKey", api_key}}}, {"schemas", openapi_schemas(types)}}}};
}

std::vector<Route> openapi_routes(const Router& router, Runtime& runtime) {
  const auto handle = [&router, &runtime](const Request&, const Reply& reply) {
    reply(json_response(openapi_document(router.routes(), runtime.registry().types())));
  };
  return {{"GET", "/api/openapi.json", Access::anyone, {"OpenAPI", "This document", "", "OpenApi"}, handle}};
}

}  // namespace messenger::host
