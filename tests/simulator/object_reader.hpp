#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

namespace messenger::simulator {

/// What is wrong with a piece of JSON that somebody sent, in words for that somebody.
struct JsonError : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// Parses one JSON document; throws JsonError.
boost::json::value parse_json(std::string_view text);

/// Reads the members of one JSON object. Every problem throws a JsonError that names the member.
class ObjectReader {
 public:
  /// `where` is the object's own name in errors; the value must outlive the reader.
  ObjectReader(const boost::json::value& value, std::string where);

  /// The member's value; null when it is absent.
  const boost::json::value* member(std::string_view name);

  /// An integer within the bounds; nothing when it is absent.
  std::optional<std::int64_t> integer(std::string_view name, std::int64_t smallest, std::int64_t largest);

  /// A string; nothing when it is absent.
  std::optional<std::string> text(std::string_view name);

  /// Whether the member is there; its only value is true.
  bool flag(std::string_view name);

  /// Refuses members that nobody has asked for, so that a misspelt one is not silently without effect.
  void finish() const;

  /// Throws the JsonError "where: problem".
  [[noreturn]] void fail(std::string_view problem) const;

 private:
  [[noreturn]] void fail(std::string_view name, std::string_view problem) const;

  const boost::json::object* object_;
  std::string where_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace messenger::simulator
