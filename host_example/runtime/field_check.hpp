// SPDX-License-Identifier: Apache-2.0
// The members that a document may have, declared in a table.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <limits>
#include <messenger/loader/report.hpp>
#include <span>
#include <string_view>
#include <vector>

namespace messenger::host {

/// A member of a document. The objects that a path leads through may be absent.
struct Field {
  enum class Kind { text, uuid, boolean, integer, number, object, text_list, text_map, object_list };
  std::string_view path;  ///< "name", "multiFactorConfiguration/sms/enabled"
  Kind kind;
  bool required = false;
  std::int64_t least = 0;  ///< of an integer
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  std::span<const std::string_view> choices = {};  ///< of a text; none = any
  bool read_only = false;                          ///< set by the host; accepted and ignored when it is sent
  std::string_view help = {};                      ///< for the schema
  std::size_t shortest = 0;                        ///< of a text, in characters
  std::size_t longest = 255;  ///< of a text, and of each in a list or a map: whoever needs more says so
};

/// Every member that is missing, of a wrong type, out of its bounds or not in the table. A null member counts as
/// absent, and an absent text as empty: "blank", where any other member is "missing". Pointers start with `root`
/// ("/tenant"); no issue repeats a value but of a field with choices.
std::vector<loader::Issue> check_fields(const boost::json::object& document, std::span<const Field> fields,
                                        std::string_view root);

/// The member at this path; null when it is absent or null.
const boost::json::value* find_member(const boost::json::object& document, std::string_view path);

/// The text at this path, or "".
std::string_view text_member(const boost::json::object& document, std::string_view path);

}  // namespace messenger::host
