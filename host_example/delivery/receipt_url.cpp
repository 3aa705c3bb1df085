// SPDX-License-Identifier: Apache-2.0
#include "delivery/receipt_url.hpp"

#include <messenger/detail/http_syntax.hpp>
#include <stdexcept>

namespace messenger::host {

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

}  // namespace messenger::host
