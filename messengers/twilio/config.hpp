// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/config.hpp>

#include <cstdint>
#include <string>

namespace messenger::twilio {

/// https://fusionauth.io/docs/apis/messengers/twilio, and what else Twilio's API offers.
struct Config {
  std::string url;
  std::string account_sid;
  Secret auth_token;
  Secret secondary_auth_token;
  std::string api_key_sid;
  Secret api_key_secret;
  std::string from;
  std::string service_sid;
  std::int32_t connect_timeout = 5'000;
  std::int32_t read_timeout = 15'000;
};

/// The declaration of Config's fields. Patterns bind what is sent, not what is stored: see credentials_problem.
inline Fields<Config> config_fields() {
  return Fields<Config>{}
      .url("url", &Config::url,
           {.required = true, .title = "URL", .help = "Twilio's API, usually https://api.twilio.com."})
      .text("accountSID", &Config::account_sid,
            {.required = true,
             .title = "Account SID",
             .help = "AC and 32 hexadecimal digits.",
             .example = "AC0123456789abcdef0123456789abcdef"})
      .secret("authToken", &Config::auth_token,
              {.title = "Auth token",
               .help = "Of the account. Receipts are signed with it, whatever messages are sent with."})
      .secret("secondaryAuthToken", &Config::secondary_auth_token,
              {.title = "Secondary auth token",
               .help = "Of the account, while one token replaces the other: receipts signed with either are genuine."})
      .text("apiKeySid", &Config::api_key_sid,
            {.title = "API key SID",
             .help = "SK and 32 hexadecimal digits; used in place of the auth token.",
             .example = "SK0123456789abcdef0123456789abcdef"})
      .secret("apiKeySecret", &Config::api_key_secret, {.title = "API key secret", .help = "Of the API key."})
      .text("fromPhoneNumber", &Config::from,
            {.title = "From phone number",
             .help = "The sender: a number in E.164 form, a short code, an alphanumeric sender or a channel address."})
      .text("messagingServiceSid", &Config::service_sid,
            {.alias = "messagingServicesSid",
             .title = "Messaging Service SID",
             .help = "MG and 32 hexadecimal digits; wins over fromPhoneNumber."})
      .integer(
          "connectTimeout", &Config::connect_timeout,
          {.min = 1, .title = "Connect timeout", .help = "Milliseconds for name look-up, connection and TLS together."})
      .integer(
          "readTimeout", &Config::read_timeout,
          {.min = 1, .title = "Read timeout", .help = "Longest silence, in milliseconds, after the request was sent."});
}

/// What concerns several fields at once.
inline void check_config(const Config& config, Issues& issues) {
  if (config.api_key_sid.empty() != config.api_key_secret.empty()) {
    const char* pointer = config.api_key_sid.empty() ? "/apiKeySid" : "/apiKeySecret";
    issues.push_back({pointer, "missing", "apiKeySid and apiKeySecret belong together."});
  }
  if (config.url.find('?') != std::string::npos) {
    issues.push_back({"/url", "invalid", "url must not have a query; the path of Twilio's API is appended to it."});
  }
}

}  // namespace messenger::twilio
