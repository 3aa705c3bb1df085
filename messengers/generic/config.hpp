// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/config.hpp>

#include <cstdint>
#include <string>

namespace messenger::generic {

/// https://fusionauth.io/docs/apis/messengers/generic
struct Config {
  std::string url;
  std::int32_t connect_timeout = 0;
  std::int32_t read_timeout = 0;
  SecretMap headers;
  std::string username;
  Secret password;
  std::string certificate;
  bool idempotent = false;
};

/// The declaration of Config's fields.
constexpr Fields<Config> config_fields() {
  return Fields<Config>{}
      .url("url", &Config::url, {.required = true, .title = "URL", .help = "Where each message is posted."})
      .integer("connectTimeout", &Config::connect_timeout,
               {.required = true,
                .min = 1,
                .title = "Connect timeout",
                .help = "Milliseconds for name look-up, connection and TLS together."})
      .integer("readTimeout", &Config::read_timeout,
               {.required = true,
                .min = 1,
                .title = "Read timeout",
                .help = "Longest silence, in milliseconds, after the request was sent."})
      .headers("headers", &Config::headers,
               {.title = "Headers", .help = "Sent with every request, in place of ours of the same name."})
      .text("httpAuthenticationUsername", &Config::username, {.title = "User name", .help = "HTTP Basic user name."})
      .secret("httpAuthenticationPassword", &Config::password, {.title = "Password", .help = "HTTP Basic password."})
      .text("sslCertificate", &Config::certificate,
            {.alias = "sslCertificateId",
             .title = "Client certificate",
             .help = "Id of the key whose certificate authenticates us to the receiver."})
      .boolean("idempotent", &Config::idempotent,
               {.title = "Idempotent receiver",
                .help = "The receiver handles each Idempotency-Key once, so a send in doubt may be repeated."});
}

/// What concerns several fields at once.
inline void check_config(const Config& config, Issues& issues) {
  if (config.username.find(':') != std::string::npos) {
    issues.push_back({"/httpAuthenticationUsername", "invalid", "HTTP Basic allows no colon in a user name."});
  }
  if (config.username.empty() && !config.password.empty()) {
    issues.push_back({"/httpAuthenticationUsername", "missing", "A password needs a user name."});
  }
}

}  // namespace messenger::generic
