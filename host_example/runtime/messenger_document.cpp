// SPDX-License-Identifier: Apache-2.0
#include "runtime/messenger_document.hpp"

#include <boost/algorithm/string/replace.hpp>
#include <boost/json/serialize.hpp>

#include "runtime/duplicate_member.hpp"
#include "runtime/envelope.hpp"
#include "runtime/field_check.hpp"
#include "runtime/json_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

json::object plugin_members(const json::object& messenger) {
  json::object own;
  for (const auto& member : messenger) {
    if (find_envelope_field(member.key()) == nullptr) {
      own.emplace(member.key(), member.value());
    }
  }
  return own;
}

// The object under "messenger", or null after an issue.
const json::object* find_messenger(const json::value& document, std::vector<loader::Issue>& issues) {
  if (!document.is_object()) {
    issues.push_back({"", "invalidJSON", R"(The document must be an object: {"messenger":{…}}.)"});
    return nullptr;
  }
  const json::object& whole = document.get_object();
  for (const auto& member : whole) {
    if (member.key() != "messenger") {
      issues.push_back({"/" + std::string(member.key()), "unknown", "Beside [messenger] nothing is expected here."});
    }
  }
  const json::value* const messenger = whole.if_contains("messenger");
  const bool is_absent = messenger == nullptr || messenger->is_null();
  if (is_absent || !messenger->is_object()) {
    issues.push_back(
        {"/messenger", is_absent ? "missing" : "invalidJSON", "The document must have an object [messenger]."});
    return nullptr;
  }
  return &messenger->get_object();
}

}  // namespace

MessengerDocument parse_messenger(std::string_view text) {
  MessengerDocument document;
  const auto parsed = parse_json(text);
  if (const auto* const problem = std::get_if<std::string>(&parsed)) {
    document.issues.push_back({"", "invalidJSON", *problem});
    return document;
  }
  if (const auto pointer = find_duplicate_member(text); !pointer.empty()) {
    document.issues.push_back({pointer, "duplicate", "The member stands twice in its object."});
  }
  const json::object* const messenger = find_messenger(std::get<json::value>(parsed), document.issues);
  if (messenger == nullptr) {
    return document;
  }
  for (auto& issue : within_messenger(check_envelope(*messenger))) {
    document.issues.push_back(std::move(issue));
  }
  document.id = text_member(*messenger, "id");
  document.name = text_member(*messenger, "name");
  document.type = text_member(*messenger, "type");
  const json::value* const debug = messenger->if_contains("debug");
  document.debug = debug != nullptr && debug->is_bool() && debug->get_bool();
  document.config = json::serialize(plugin_members(*messenger));
  return document;
}

std::vector<loader::Issue> within_messenger(std::vector<loader::Issue> issues) {
  for (loader::Issue& issue : issues) {
    issue.pointer.insert(0, "/messenger");
  }
  return issues;
}

std::string dotted(std::string_view pointer) {
  std::string text(pointer.substr(pointer.empty() ? 0 : 1));
  boost::replace_all(text, "/", ".");
  boost::replace_all(text, "~1", "/");
  boost::replace_all(text, "~0", "~");
  return text;
}

}  // namespace messenger::host
