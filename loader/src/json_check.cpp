// SPDX-License-Identifier: Apache-2.0
#include "json_check.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <cstdint>

namespace messenger::loader {
namespace {

namespace json_ns = boost::json;

// Keeps nothing: only whether the parser gets to the end counts.
struct Nothing {
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  using Text = json_ns::string_view;
  using Error = json_ns::error_code;

  static bool on_document_begin(Error&) { return true; }
  static bool on_document_end(Error&) { return true; }
  static bool on_object_begin(Error&) { return true; }
  static bool on_object_end(std::size_t, Error&) { return true; }
  static bool on_array_begin(Error&) { return true; }
  static bool on_array_end(std::size_t, Error&) { return true; }
  static bool on_key_part(Text, std::size_t, Error&) { return true; }
  static bool on_key(Text, std::size_t, Error&) { return true; }
  static bool on_string_part(Text, std::size_t, Error&) { return true; }
  static bool on_string(Text, std::size_t, Error&) { return true; }
  static bool on_number_part(Text, Error&) { return true; }
  static bool on_int64(std::int64_t, Text, Error&) { return true; }
  static bool on_uint64(std::uint64_t, Text, Error&) { return true; }
  static bool on_double(double, Text, Error&) { return true; }
  static bool on_bool(bool, Error&) { return true; }
  static bool on_null(Error&) { return true; }
  static bool on_comment_part(Text, Error&) { return true; }
  static bool on_comment(Text, Error&) { return true; }
};

}  // namespace

bool is_json(std::string_view text, std::size_t deepest) {
  json_ns::parse_options options;
  options.max_depth = deepest;
  json_ns::basic_parser<Nothing> parser(options);
  json_ns::error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  return !error && used == text.size();
}

}  // namespace messenger::loader
