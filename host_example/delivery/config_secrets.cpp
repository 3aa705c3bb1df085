// SPDX-License-Identifier: Apache-2.0
#include "delivery/config_secrets.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <utility>
#include <variant>

#include "delivery/masking.hpp"
#include "runtime/envelope.hpp"
#include "runtime/json_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

void collect(const json::value& value, std::vector<std::string>& texts) {
  if (value.is_object()) {
    for (const auto& member : value.get_object()) {
      collect(member.value(), texts);
    }
  } else if (value.is_array()) {
    for (const json::value& item : value.get_array()) {
      collect(item, texts);
    }
  } else if (value.is_string()) {
    texts.emplace_back(value.get_string());
  } else if (value.is_number()) {
    texts.push_back(json::serialize(value));
  }
}

// Whether a member's schema says by itself that the value may be seen: nothing else is followed or weighed.
bool is_open(const json::object& properties, std::string_view name) {
  const json::value* const schema = properties.if_contains(name);
  if (schema == nullptr || !schema->is_object()) {
    return false;
  }
  const json::object& keywords = schema->get_object();
  return std::all_of(keywords.begin(), keywords.end(), [](const auto& keyword) {
    const std::string_view key = keyword.key();
    const bool leads_on = key.starts_with('$') || key == "allOf" || key == "anyOf" || key == "oneOf" || key == "if";
    return !leads_on && (key != "writeOnly" || keyword.value() == json::value(false));
  });
}

json::object properties_of(std::string_view schema) {
  const auto parsed = parse_json(schema);
  const auto* const value = std::get_if<json::value>(&parsed);
  if (value == nullptr || !value->is_object()) {
    return {};
  }
  const json::value* const properties = value->get_object().if_contains("properties");
  return properties != nullptr && properties->is_object() ? properties->get_object() : json::object();
}

}  // namespace

std::vector<std::string> config_secrets(std::string_view schema, const json::object& messenger) {
  const json::object properties = properties_of(schema);
  std::vector<std::string> secrets;
  for (const auto& member : messenger) {
    const bool plain = !member.value().is_structured();
    if (find_envelope_field(member.key()) == nullptr && !(plain && is_open(properties, member.key()))) {
      collect(member.value(), secrets);
    }
  }
  return secrets;
}

std::set<std::string> short_credentials(std::string_view schema, const json::object& messenger) {
  std::set<std::string> credentials;
  std::vector<std::string> secrets = config_secrets(schema, messenger);
  std::erase_if(secrets, [](const std::string& secret) { return secret.size() >= Masker::shortest_traced; });
  for (const std::string& user : config_secrets({}, messenger)) {  // without a schema that is all there is
    for (const std::string& password : secrets) {
      if (credentials.size() > Masker::most_secrets) {
        return credentials;
      }
      std::string pair = user;
      pair.append(":").append(password);
      credentials.insert(std::move(pair));
    }
  }
  return credentials;
}

}  // namespace messenger::host
