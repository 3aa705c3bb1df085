// SPDX-License-Identifier: Apache-2.0
#include "api/exchange.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace messenger::host {

namespace urls = boost::urls;

bool set_target(Request& request, std::string_view target) {
  // A server takes the absolute form too (RFC 9112, 3.2.2); who is named in it does not matter here.
  const bool absolute = target.starts_with("http://") || target.starts_with("https://");
  const auto parsed = absolute ? urls::parse_absolute_uri(target) : urls::parse_origin_form(target);
  if (!parsed) {
    return false;
  }
  request.path = parsed->encoded_path();
  if (parsed->has_query()) {
    request.raw_query = "?" + std::string(parsed->encoded_query());
  }
  for (const auto& segment : parsed->segments()) {
    request.segments.push_back(segment);
  }
  for (const auto& parameter : parsed->params()) {
    request.query.insert_or_assign(parameter.key, parameter.value);
  }
  return true;
}

}  // namespace messenger::host
