// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_address.hpp"

#include <libpq-fe.h>

#include <map>
#include <memory>

#include "store/store_error.hpp"

namespace messenger::host {

namespace {

using Settings = std::map<std::string, std::string>;

struct FreeOptions {
  void operator()(PQconninfoOption* options) const noexcept { ::PQconninfoFree(options); }
};

// A sign of the user's name or password that is not encoded would make a part of it a host's name, which errors quote.
void check_signs(const std::string& uri) {
  const auto end = uri.find_first_of("@/", uri.find("://") + 3);
  if (end != std::string::npos && uri.find('@', end + 1) != std::string::npos) {
    throw StoreError("In the database's URI each / and @ of a name or a password must be written as %2F and %40.");
  }
}

Settings parse(const std::string& uri) {
  char* ignored = nullptr;  // quotes the URI
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(::PQconninfoParse(uri.c_str(), &ignored));
  ::PQfreemem(ignored);
  if (!options) {
    throw StoreError("The database's URI is none that libpq understands (postgresql://USER@HOST:PORT/NAME?…).");
  }
  Settings settings;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) {
      settings.emplace(option->keyword, option->val);
    }
  }
  return settings;
}

// SOCI and libpq take it alike, whatever signs are in it.
std::string to_uri(const Settings& settings) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri = "postgresql://";
  for (const auto& [name, value] : settings) {
    uri.append(uri.ends_with('/') ? "/?" : "&").append(name) += '=';
    for (const char character : value) {
      const auto byte = static_cast<unsigned char>(character);
      ((uri += '%') += digits[byte >> 4U]) += digits[byte & 15U];
    }
  }
  return uri;
}

std::string setting(const Settings& settings, const std::string& name, const std::string& otherwise) {
  const auto found = settings.find(name);
  return found == settings.end() || found->second.empty() ? otherwise : found->second;
}

}  // namespace

PostgresAddress::PostgresAddress(const std::string& uri) {
  check_signs(uri);
  Settings settings = parse(uri);
  name_ = setting(settings, "dbname", "(default)") + " on " + setting(settings, "host", "localhost") + ":" +
          setting(settings, "port", "5432");
  for (const char* const name : {"password", "sslpassword"}) {
    if (settings.contains(name) && !settings.at(name).empty()) {
      secrets_.push_back(settings.at(name));
    }
  }
  settings.emplace("fallback_application_name", "messenger-host");
  settings.emplace("target_session_attrs", "read-write");  // of several servers, the one that takes what is written
  settings.emplace("connect_timeout", "5");                // seconds
  settings.emplace("keepalives_idle", "10");               // seconds
  settings.emplace("keepalives_interval", "5");            // seconds
  settings.emplace("keepalives_count", "3");
  settings.emplace("tcp_user_timeout", "15000");  // milliseconds
  uri_ = to_uri(settings);
}

std::string PostgresAddress::without_secrets(std::string_view text) const {
  std::string line(text.substr(0, text.find('\n')));
  for (const std::string& secret : secrets_) {
    for (auto at = line.find(secret); at != std::string::npos; at = line.find(secret, at + 3)) {
      line.replace(at, secret.size(), "***");
    }
  }
  return line;
}

}  // namespace messenger::host
