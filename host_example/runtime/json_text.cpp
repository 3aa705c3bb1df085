// SPDX-License-Identifier: Apache-2.0
#include "runtime/json_text.hpp"

#include <algorithm>
#include <boost/json/stream_parser.hpp>

namespace messenger::host {

namespace json = boost::json;

namespace {

std::string position(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto line_start = before.rfind('\n') + 1;  // npos + 1 = 0
  return "line " + std::to_string(line) + ", column " + std::to_string(before.size() - line_start + 1);
}

}  // namespace

std::variant<json::value, std::string> parse_json(std::string_view text) {
  json::stream_parser parser;
  json::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error) {
    const auto rest = text.find_first_not_of(" \t\r\n", read);
    if (rest != std::string_view::npos) {
      return "Not JSON at " + position(text, rest) + ": something follows the document.";
    }
    parser.finish(error);
  }
  if (error) {
    return "Not JSON at " + position(text, read) + ": " + error.message() + ".";
  }
  return parser.release();
}

}  // namespace messenger::host
