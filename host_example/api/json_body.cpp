// SPDX-License-Identifier: Apache-2.0
#include "api/json_body.hpp"

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/join.hpp>
#include <boost/algorithm/string/trim.hpp>

#include "runtime/duplicate_member.hpp"
#include "runtime/json_text.hpp"
#include "runtime/messenger_document.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

bool has_type(const Request& request, const std::vector<std::string>& types, Errors& errors) {
  const std::string type = media_type(request);
  if (std::find(types.begin(), types.end(), type) != types.end()) {
    return true;
  }
  const std::string known = "[" + boost::algorithm::join(types, ", ") + "].";
  if (type.empty()) {
    errors.add_general("MissingContentType", "The Content-Type header is missing. Use one of " + known);
  } else {
    errors.add_general("InvalidContentType", "The Content-Type [" + type + "] is not one of " + known);
  }
  return false;
}

}  // namespace

std::string media_type(const Request& request) {
  std::string type = request.content_type.substr(0, request.content_type.find(';'));
  boost::trim(type);
  boost::to_lower(type);
  return type;
}

std::optional<json::value> parse_body_as(const Request& request, const std::vector<std::string>& types,
                                         Errors& errors) {
  if (!has_type(request, types, errors)) {
    return std::nullopt;
  }
  auto parsed = parse_json(request.body);
  if (const auto* const problem = std::get_if<std::string>(&parsed)) {
    errors.add_general("invalidJSON", *problem);
    return std::nullopt;
  }
  if (const auto pointer = find_duplicate_member(request.body); !pointer.empty()) {
    errors.add_field(dotted(pointer), "duplicate", "The member stands twice in its object.");
    return std::nullopt;
  }
  return std::move(std::get<json::value>(parsed));
}

std::optional<json::object> parse_body(const Request& request, Errors& errors) {
  auto value = parse_body_as(request, {"application/json"}, errors);
  if (!value) {
    return std::nullopt;
  }
  if (!value->is_object()) {
    errors.add_general("invalidJSON", "The body must be a JSON object.");
    return std::nullopt;
  }
  return std::move(value->get_object());
}

Response json_response(const json::object& body) {
  return {200, to_sorted_text(body, Nulls::left_out), {}};
}

Response empty_response(unsigned status) {
  return {status, {}, {}};
}

Response failure(std::exception_ptr error) {
  return {500, {}, {}, std::move(error)};
}

}  // namespace messenger::host
