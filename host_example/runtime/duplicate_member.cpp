// SPDX-License-Identifier: Apache-2.0
#include "runtime/duplicate_member.hpp"

#include <boost/algorithm/string/replace.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <limits>
#include <set>
#include <vector>

namespace messenger::host {

namespace json = boost::json;

namespace {

/// Takes a document's events and remembers the names of every object that is open.
class MemberNames {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size, max_key_size = max_object_size,
                               max_string_size = max_object_size;
  using Error = json::error_code&;

  std::string found;

  bool on_key_part(json::string_view part, std::size_t, Error) {
    name_.append(part);
    return true;
  }
  bool on_key(json::string_view part, std::size_t, Error) {
    name_.append(part);
    Level& level = levels_.back();
    if (found.empty() && !level.names.insert(name_).second) {
      found = pointer_to(name_);
    }
    level.current = std::move(name_);
    name_.clear();
    return true;
  }
  bool on_object_begin(Error) { return open(); }
  bool on_object_end(std::size_t, Error) { return close(); }
  bool on_array_begin(Error) { return open(); }
  bool on_array_end(std::size_t, Error) { return close(); }

  static bool on_document_begin(Error) { return true; }
  static bool on_document_end(Error) { return true; }
  static bool on_string_part(json::string_view, std::size_t, Error) { return true; }
  bool on_string(json::string_view, std::size_t, Error) { return value(); }
  static bool on_number_part(json::string_view, Error) { return true; }
  bool on_int64(std::int64_t, json::string_view, Error) { return value(); }
  bool on_uint64(std::uint64_t, json::string_view, Error) { return value(); }
  bool on_double(double, json::string_view, Error) { return value(); }
  bool on_bool(bool, Error) { return value(); }
  bool on_null(Error) { return value(); }
  static bool on_comment_part(json::string_view, Error) { return true; }
  static bool on_comment(json::string_view, Error) { return true; }

 private:
  struct Level {
    std::set<std::string, std::less<>> names;
    std::string current;    // of an object: the member whose value comes
    std::size_t index = 0;  // of an array
  };

  bool open() {
    levels_.emplace_back();
    return true;
  }
  bool close() {
    levels_.pop_back();
    return value();
  }
  bool value() {
    if (!levels_.empty()) {
      ++levels_.back().index;
    }
    return true;
  }
  std::string pointer_to(const std::string& last) const {
    std::string pointer;
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      const Level& level = levels_[i];
      std::string step = i + 1 == levels_.size() ? last
                         : level.names.empty()   ? std::to_string(level.index)
                                                 : level.current;
      boost::replace_all(step, "~", "~0");
      boost::replace_all(step, "/", "~1");
      pointer += "/" + step;
    }
    return pointer;
  }

  std::vector<Level> levels_;
  std::string name_;
};

}  // namespace

std::string find_duplicate_member(std::string_view text) {
  json::basic_parser<MemberNames> parser{json::parse_options{}};
  json::error_code error;
  parser.write_some(false, text.data(), text.size(), error);
  return parser.handler().found;
}

}  // namespace messenger::host
