// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/errors.hpp"
#include "api/exchange.hpp"

namespace messenger::host {

/// The request's JSON object, or nothing after an error: [MissingContentType], [InvalidContentType], [invalidJSON] or a
/// member that stands twice.
std::optional<boost::json::object> parse_body(const Request& request, Errors& errors);

/// The request's JSON value, or nothing after one of the same errors, where its media type must be one of these.
std::optional<boost::json::value> parse_body_as(const Request& request, const std::vector<std::string>& types,
                                                Errors& errors);

/// The media type in lower case, without parameters.
std::string media_type(const Request& request);

/// 200 with this body: null members left out, members sorted by name.
Response json_response(const boost::json::object& body);

/// No body, and so no Content-Type: 200 of a DELETE, 401, 404, 405, 500.
Response empty_response(unsigned status);
/// What a handler gives that learns of a failure after it has returned, as if it had thrown it.
Response failure(std::exception_ptr error);

}  // namespace messenger::host
