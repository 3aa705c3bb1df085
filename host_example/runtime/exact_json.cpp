// SPDX-License-Identifier: Apache-2.0
#include "runtime/exact_json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <limits>
#include <string>

namespace messenger::host {

namespace json = boost::json;

namespace {

/// Builds the value from a document's events.
class Builder {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size, max_key_size = max_object_size,
                               max_string_size = max_object_size;
  using Error = json::error_code&;
  using Text = json::string_view;

  Builder() { values_.reset(); }
  json::value release() { return values_.release(); }

  static bool on_document_begin(Error) { return true; }
  static bool on_document_end(Error) { return true; }
  static bool on_object_begin(Error) { return true; }
  bool on_object_end(std::size_t size, Error) { return values_.push_object(size), true; }
  static bool on_array_begin(Error) { return true; }
  bool on_array_end(std::size_t size, Error) { return values_.push_array(size), true; }
  bool on_key_part(Text part, std::size_t, Error) { return values_.push_chars(part), true; }
  bool on_key(Text part, std::size_t, Error) { return values_.push_key(part), true; }
  bool on_string_part(Text part, std::size_t, Error) { return values_.push_chars(part), true; }
  bool on_string(Text part, std::size_t, Error) { return values_.push_string(part), true; }
  bool on_number_part(Text part, Error) { return number_.append(part), true; }
  bool on_int64(std::int64_t value, Text, Error) { return number_.clear(), values_.push_int64(value), true; }
  bool on_uint64(std::uint64_t value, Text, Error) { return number_.clear(), values_.push_uint64(value), true; }
  bool on_double(double near, Text part, Error error) {
    number_.append(part);
    if (number_.find_first_of(".eE") == std::string::npos) {
      error = json::error::not_exact;
      return false;
    }
    double exact = near;  // and it stays so where the text is beyond every double
    std::from_chars(number_.data(), number_.data() + number_.size(), exact);
    number_.clear();
    return values_.push_double(exact), true;
  }
  bool on_bool(bool value, Error) { return values_.push_bool(value), true; }
  bool on_null(Error) { return values_.push_null(), true; }
  static bool on_comment_part(Text, Error) { return true; }
  static bool on_comment(Text, Error) { return true; }

 private:
  json::value_stack values_;
  std::string number_;
};

}  // namespace

json::value parse_exactly(std::string_view text, std::size_t& read, json::error_code& error) {
  json::basic_parser<Builder> parser{json::parse_options{}};
  read = parser.write_some(false, text.data(), text.size(), error);
  return error ? json::value() : parser.handler().release();
}

}  // namespace messenger::host
