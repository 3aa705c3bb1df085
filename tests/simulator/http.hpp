#pragma once

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>
#include <string_view>

namespace messenger::simulator {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace json = boost::json;

using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

/// An answer with a JSON body.
Response json_response(http::status status, const json::value& body);

/// {"message": …}, the form of every error that is not Twilio's.
Response message_response(http::status status, std::string_view message);

/// 405 with an Allow header.
Response method_not_allowed(std::string_view allowed);

}  // namespace messenger::simulator
