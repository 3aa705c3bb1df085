// SPDX-License-Identifier: Apache-2.0
#include "config_reader.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <utility>

namespace messenger::loader {
namespace {

namespace json_ns = boost::json;

constexpr std::size_t largest_document = std::size_t{1024} * 1024;

void append_escaped(std::string& out, std::string_view text) {
  constexpr const char* digits = "0123456789abcdef";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += {'\\', 'u', '0', '0', digits[(c >> 4) & 0xf], digits[c & 0xf]};
    } else {
      out += c;
    }
  }
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  append_escaped(out, text);
  out += '"';
}

void append_pointer_token(std::string& out, std::string_view token) {
  out += '/';
  for (const char c : token) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
}

std::string position(std::string_view document, std::size_t offset) {
  const std::string_view before = document.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(offset - start + 1);
}

// What Boost.JSON calls on its way through the text.
struct Handler {
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  using Text = json_ns::string_view;
  using Error = json_ns::error_code;

  explicit Handler(ConfigReader& target) : reader(target) {}

  static bool on_document_begin(Error&) { return true; }
  static bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) { return reader.begin(false), true; }
  bool on_object_end(std::size_t, Error&) { return reader.end(), true; }
  bool on_array_begin(Error&) { return reader.begin(true), true; }
  bool on_array_end(std::size_t, Error&) { return reader.end(), true; }
  bool on_key_part(Text part, std::size_t, Error&) { return reader.key_part(part), true; }
  bool on_key(Text part, std::size_t, Error&) { return reader.key(part), true; }
  bool on_string_part(Text part, std::size_t, Error&) { return reader.text_part(part), true; }
  bool on_string(Text part, std::size_t, Error&) { return reader.scalar(MSGR_STRING, part), true; }
  bool on_number_part(Text part, Error&) { return reader.text_part(part), true; }
  bool on_int64(std::int64_t, Text part, Error&) { return reader.scalar(MSGR_NUMBER, part), true; }
  bool on_uint64(std::uint64_t, Text part, Error&) { return reader.scalar(MSGR_NUMBER, part), true; }
  bool on_double(double, Text part, Error&) { return reader.scalar(MSGR_NUMBER, part), true; }
  bool on_bool(bool value, Error&) { return reader.scalar(MSGR_BOOLEAN, value ? "true" : "false"), true; }
  bool on_null(Error&) { return reader.scalar(MSGR_NULL, "null"), true; }
  static bool on_comment_part(Text, Error&) { return true; }
  static bool on_comment(Text, Error&) { return true; }

  ConfigReader& reader;
};

}  // namespace

bool ConfigReader::read(std::string_view document, std::vector<Issue>& issues) {
  if (document.size() > largest_document) {
    issues.push_back({"", "invalidJSON", "it is longer than 1 MiB"});
    return false;
  }
  json_ns::basic_parser<Handler> parser(json_ns::parse_options{}, *this);
  json_ns::error_code error;
  const std::size_t used = parser.write_some(false, document.data(), document.size(), error);
  if (!error && used < document.size()) error = json_ns::error::extra_data;
  if (error) {
    issues.push_back({"", "invalidJSON", "not JSON at " + position(document, used) + ": " + error.message()});
    return false;
  }
  if (!is_object_) issues_.insert(issues_.begin(), {"", "invalidJSON", "it is not a JSON object"});
  std::move(issues_.begin(), issues_.end(), std::back_inserter(issues));
  return issues_.empty();
}

SchemaPlace ConfigReader::place() const {
  if (levels_.empty()) return schema_.root();
  const Level& level = levels_.back();
  return level.array ? level.place.element() : level.place.member(key_);
}

// Of an array's element the pointer grows here, of a member in key().
void ConfigReader::before_value() {
  if (levels_.empty() || !levels_.back().array) return;
  Level& level = levels_.back();
  if (level.count != 0) json += ',';
  append_pointer_token(path_, std::to_string(level.count));
}

void ConfigReader::after_value() {
  key_.clear();
  text_at_ = text.size();
  if (levels_.empty()) return;
  ++levels_.back().count;
  path_.resize(levels_.back().path_size);
}

void ConfigReader::begin(bool array) {
  if (levels_.empty()) is_object_ = !array;
  before_value();
  json += array ? '[' : '{';
  // The whole configuration is no field: one with the pointer "" would be no field that a plugin knows.
  if (!levels_.empty()) {
    add_field(array ? MSGR_ARRAY : MSGR_OBJECT, text.size(), false);
    text_at_ = text.size();
  }
  SchemaPlace here = place();
  levels_.push_back({.array = array, .count = 0, .path_size = path_.size(), .place = std::move(here), .names = {}});
  key_.clear();
}

void ConfigReader::end() {
  json += levels_.back().array ? ']' : '}';
  levels_.pop_back();
  after_value();
}

void ConfigReader::check_name() {
  if (levels_.back().names.insert(key_).second) return;
  issues_.push_back({path_, "duplicate", "the member appears twice"});
}

void ConfigReader::key(std::string_view part) {
  key_.append(part);
  append_pointer_token(path_, key_);
  check_name();
  if (levels_.back().count != 0) json += ',';
  append_quoted(json, key_);
  json += ':';
}

void ConfigReader::add_field(std::uint32_t type, std::size_t text_at, bool secret) {
  const std::size_t pointer = text.size();
  text_part(path_);
  fields.push_back({.pointer = pointer,
                    .pointer_size = path_.size(),
                    .text = text_at,
                    .text_size = pointer - text_at,
                    .type = type,
                    .flags = secret ? MSGR_FIELD_SECRET : 0u});
}

void ConfigReader::scalar(std::uint32_t type, std::string_view last_part) {
  text_part(last_part);
  before_value();
  const bool secret = place().is_secret();
  const std::string_view value(text.data() + text_at_, text.size() - text_at_);
  if (secret) {
    json += "\"***\"";
  } else if (type == MSGR_STRING) {
    append_quoted(json, value);
  } else {
    json += value;
  }
  add_field(type, text_at_, secret);
  after_value();
}

}  // namespace messenger::loader
