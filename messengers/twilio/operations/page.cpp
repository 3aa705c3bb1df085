// SPDX-License-Identifier: Apache-2.0
#include "twilio/operations/page.hpp"

#include "common/json_slice.hpp"

namespace messenger::twilio {
namespace {

// v2010 gives relative addresses, v1 absolute ones in "meta": https://www.twilio.com/docs/usage/twilios-response
std::string next_address(const Entry& entry, std::string_view body) {
  if (entry.product == Product::api) {
    return common::json_text(common::json_member(body, "next_page_uri"));
  }
  return common::json_text(common::json_member(common::json_member(body, "meta"), "next_page_url"));
}

std::string_view elements_of(const Entry& entry, std::string_view body) {
  const std::string_view named = common::json_member(body, entry.resource->key);
  if (named.data() != nullptr) {
    return named;
  }
  const std::string key = common::json_text(common::json_member(common::json_member(body, "meta"), "key"));
  return key.empty() ? named : common::json_member(body, key);
}

// What follows the endpoint's URL; empty when the address lies elsewhere.
std::string_view target_of(std::string_view address, std::string_view base_url, std::string_view version) noexcept {
  const std::string_view prefix = split_url(base_url).path;
  std::string_view path = address;
  if (!address.starts_with('/')) {
    path = split_url(address).path;
    if (!is_same_server(address, base_url) || !path.starts_with(prefix)) {
      return {};
    }
  }
  if (!path.starts_with(version) && path.starts_with(prefix)) {
    path.remove_prefix(prefix.size());
  }
  return path.starts_with(version) ? path : std::string_view{};
}

}  // namespace

std::optional<Refusal> read_page(const Entry& entry, std::string_view body, std::string_view base_url, Page& out) {
  out.elements = elements_of(entry, body);
  if (!out.elements.starts_with('[')) {
    return Refusal{Outcome::retry, "The answer is no list: it may not come from Twilio."};
  }
  const std::string address = next_address(entry, body);
  if (address.empty()) {
    return std::nullopt;
  }
  const std::string_view version = entry.path.substr(0, entry.path.find('/', 1) + 1);
  out.next = target_of(address, base_url, version);
  if (out.next.empty()) {
    return Refusal{Outcome::config, "The list goes on at another server, which gets no credentials."};
  }
  return std::nullopt;
}

}  // namespace messenger::twilio
