// SPDX-License-Identifier: Apache-2.0
#include "delivery/receipt_url.hpp"

#include <messenger/detail/http_syntax.hpp>
#include <stdexcept>

#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace {

constexpr std::string_view message_parameter = "messageId=";

}  // namespace

std::string checked_public_url(std::string_view url) {
  if (url.empty()) {
    return {};
  }
  std::string problem(messenger::detail::url_problem(url));
  if (problem.empty() && url.find_first_of("?#") != std::string_view::npos) {
    problem = "must not have a query or a fragment";
  }
  if (!problem.empty()) {
    throw std::invalid_argument("The public URL " + problem + ".");
  }
  while (url.ends_with('/')) {
    url.remove_suffix(1);
  }
  return std::string(url);
}

std::string receipt_url(const std::string& public_url, const std::string& messenger_id) {
  return public_url.empty() ? std::string() : public_url + "/api/messenger/" + messenger_id + "/receipt";
}

std::string receipt_url(const std::string& public_url, const std::string& messenger_id, const std::string& message_id) {
  return receipt_url(public_url, messenger_id) + "?" + std::string(message_parameter) + message_id;
}

std::string message_of_query(std::string_view query) {
  constexpr std::size_t uuid_size = 36;
  const std::size_t at = query.find(message_parameter);
  const bool begins = at != std::string_view::npos && at > 0 && (query[at - 1] == '?' || query[at - 1] == '&');
  const std::string_view id = begins ? query.substr(at + message_parameter.size(), uuid_size) : std::string_view();
  return is_uuid(id) ? to_lower_uuid(id) : std::string();
}

}  // namespace messenger::host
