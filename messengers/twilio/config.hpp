// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/config.hpp>
#include <messenger/detail/http_syntax.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "twilio/hosts.hpp"

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
  std::string edge;
  std::string region;
  std::string messaging_url;
  std::string pricing_url;
  std::int32_t connect_timeout = 5'000;
  std::int32_t read_timeout = 15'000;
};

/// The declaration of Config's fields. Patterns bind what is sent, not what is stored: see credentials_problem.
constexpr Fields<Config> config_fields() {
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
      .text("edge", &Config::edge,
            {.title = "Edge", .help = "Where to enter Twilio's network, such as dublin; alone it implies region us1."})
      .text("region", &Config::region,
            {.title = "Region", .help = "Where Twilio keeps the data, such as ie1; it has credentials of its own."})
      .url("messagingUrl", &Config::messaging_url,
           {.title = "Messaging URL", .help = "In place of https://messaging.twilio.com, for calls beside sends."})
      .url("pricingUrl", &Config::pricing_url,
           {.title = "Pricing URL", .help = "In place of https://pricing.twilio.com, for calls beside sends."})
      .integer(
          "connectTimeout", &Config::connect_timeout,
          {.min = 1, .title = "Connect timeout", .help = "Milliseconds for name look-up, connection and TLS together."})
      .integer(
          "readTimeout", &Config::read_timeout,
          {.min = 1, .title = "Read timeout", .help = "Longest silence, in milliseconds, after the request was sent."});
}

/// A label of a host name.
inline bool is_label(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return detail::is_letter(c) || detail::is_digit(c) || c == '-'; });
}

inline void check_place(const Config& config, const char* pointer, const std::string& place, Issues& issues) {
  if (!is_label(place)) {
    issues.push_back({pointer, "invalid", std::string(pointer + 1) + " must be letters, digits and hyphens."});
  } else if (!place.empty() && !is_twilios(config.url)) {
    issues.push_back(
        {pointer, "invalid", std::string(pointer + 1) + " chooses a host of Twilio's, but url names another server."});
  }
}

inline void check_query(const char* pointer, const std::string& url, Issues& issues) {
  if (url.find('?') != std::string::npos) {
    issues.push_back(
        {pointer, "invalid",
         std::string(pointer + 1) + " must not have a query; the path of Twilio's API is appended to it."});
  }
}

/// What concerns several fields at once.
inline void check_config(const Config& config, Issues& issues) {
  if (config.api_key_sid.empty() != config.api_key_secret.empty()) {
    const char* pointer = config.api_key_sid.empty() ? "/apiKeySid" : "/apiKeySecret";
    issues.push_back({pointer, "missing", "apiKeySid and apiKeySecret belong together."});
  }
  check_query("/url", config.url, issues);
  check_query("/messagingUrl", config.messaging_url, issues);
  check_query("/pricingUrl", config.pricing_url, issues);
  check_place(config, "/edge", config.edge, issues);
  check_place(config, "/region", config.region, issues);
}

}  // namespace messenger::twilio
