// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::twilio {

struct Config;

/// The parts of Twilio's API that have a host of their own.
enum class Product { api, messaging, pricing };

/// A URL taken apart; views into it.
struct Address {
  std::string_view scheme, authority, path;  ///< path: with what follows it
};
Address split_url(std::string_view url) noexcept;

/// Whether the URL names a host of Twilio's, https://PRODUCT[.EDGE][.REGION].twilio.com
/// (https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region).
bool is_twilios(std::string_view url) noexcept;

/// Whether the URLs lead to the same server. Twilio's own may differ in edge and region: it names the plain ones.
bool is_same_server(std::string_view one, std::string_view other) noexcept;

/// Where calls of a product go, without a slash at the end: what is configured for it; or Twilio's host of that product
/// in the configured edge and region; or, where url names another server, that one, which then stands in for all.
std::string base_url(const Config& config, Product product);

}  // namespace messenger::twilio
