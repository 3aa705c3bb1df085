// SPDX-License-Identifier: Apache-2.0
#include "api/errors.hpp"

#include "api/json_body.hpp"
#include "runtime/messenger_document.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

json::object entry(const std::string& code, std::string_view message) {
  return {{"code", code}, {"message", message}};
}

// A plugin's own codes are passed on; what FusionAuth has no kind for is invalid.
std::string_view kind_of(std::string_view code) {
  return code.empty() || code == "unknown" ? "invalid" : code;
}

}  // namespace

void Errors::add_field(std::string_view path, std::string_view kind, std::string_view message) {
  json::value& list = fields_[path];
  if (!list.is_array()) {
    list = json::array();
  }
  const std::string code = "[" + std::string(kind) + "]" + std::string(path);
  list.get_array().push_back(entry(code, message));
}

void Errors::add_general(std::string_view code, std::string_view message) {
  general_.push_back(entry("[" + std::string(code) + "]", message));
}

void Errors::add(const std::vector<loader::Issue>& issues) {
  for (const loader::Issue& issue : issues) {
    if (issue.pointer.empty()) {
      add_general(kind_of(issue.code), issue.text);
    } else {
      add_field(dotted(issue.pointer), kind_of(issue.code), issue.text);
    }
  }
}

json::object Errors::to_json() const {
  json::object errors;
  if (!fields_.empty()) {
    errors["fieldErrors"] = fields_;
  }
  if (!general_.empty()) {
    errors["generalErrors"] = general_;
  }
  return errors;
}

Response Errors::response(unsigned status) const {
  Response response = json_response(to_json());
  response.status = status;
  return response;
}

}  // namespace messenger::host
