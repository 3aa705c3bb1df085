// SPDX-License-Identifier: Apache-2.0
// `messenger-host key`: API keys. Also while a host runs on the same database.
#include <boost/algorithm/string/join.hpp>
#include <boost/algorithm/string/split.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value_from.hpp>
#include <iostream>
#include <stdexcept>

#include "api/api_keys.hpp"
#include "cli/command.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host::cli {

namespace json = boost::json;

namespace {

Endpoints parse_endpoints(const std::vector<std::string>& allow) {
  Endpoints endpoints;
  for (const std::string& said : allow) {
    const auto blank = said.find(' ');
    if (blank == std::string::npos) {
      throw std::invalid_argument("Expected --allow as 'GET,POST /api/messenger', but found " + said);
    }
    std::vector<std::string> methods;
    boost::split(methods, said.substr(0, blank), [](char character) { return character == ','; });
    auto& kept = endpoints[said.substr(blank + 1)];
    kept.insert(kept.end(), methods.begin(), methods.end());
  }
  return endpoints;
}

json::object describe(const ApiKey& key) {
  json::object described{{"id", key.id},
                         {"name", key.name},
                         {"insertInstant", key.insert_instant},
                         {"lastCharacters", key.last_characters}};
  if (!key.endpoints.empty()) {
    described["permissions"] = json::object{{"endpoints", json::value_from(key.endpoints)}};
  }
  return described;
}

void print(const ApiKey& key) {
  std::cout << key.id << "  …" << key.last_characters << "  " << (key.name.empty() ? "(no name)" : key.name) << '\n';
  for (const auto& [path, methods] : key.endpoints) {
    std::cout << "    " << boost::algorithm::join(methods, ",") << ' ' << path << '\n';
  }
}

// A mistyped name must not make a database.
StoreOptions existing(const KeyArguments& arguments) {
  StoreOptions options = arguments.store;
  options.must_exist = true;
  return options;
}

}  // namespace

int create_key(const KeyArguments& arguments) {
  const NewApiKey key{arguments.name, parse_endpoints(arguments.allow)};
  Store store(arguments.store);
  const auto [kept, text] = ApiKeys(store).create(key);
  if (arguments.json) {
    json::object described = describe(kept);
    described["key"] = text;
    print_json(described);
  } else {
    std::cout << text << '\n';
    std::cerr << "This key is shown this once. Its id is " << kept.id << ".\n";
  }
  return success;
}

int list_keys(const KeyArguments& arguments) {
  Store store(existing(arguments));
  const auto keys = ApiKeys(store).list();
  json::array described;
  for (const ApiKey& key : keys) {
    arguments.json ? described.push_back(describe(key)) : print(key);
  }
  if (arguments.json) {
    print_json(json::object{{"keys", std::move(described)}});
  }
  return success;
}

int revoke_key(const KeyArguments& arguments) {
  Store store(existing(arguments));
  if (!ApiKeys(store).revoke(to_lower_uuid(arguments.id))) {
    return report_error(arguments, "There is no API key with the id " + arguments.id);
  }
  if (arguments.json) {
    print_json(json::object{{"revoked", to_lower_uuid(arguments.id)}});
  }
  return success;
}

}  // namespace messenger::host::cli
