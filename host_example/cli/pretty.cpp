// SPDX-License-Identifier: Apache-2.0
#include "cli/pretty.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>
#include <string>

namespace messenger::host::cli {

namespace json = boost::json;

namespace {

bool is_flat(const json::value& value) {
  return !(value.is_object() && !value.get_object().empty()) && !(value.is_array() && !value.get_array().empty());
}

void print(std::ostream& out, const json::value& value, const std::string& indent) {
  if (is_flat(value)) {
    out << json::serialize(value);
    return;
  }
  const std::string inner = indent + "  ";
  const char* separator = "\n";
  out << (value.is_object() ? '{' : '[');
  if (value.is_object()) {
    for (const auto& member : value.get_object()) {
      out << separator << inner << json::serialize(member.key()) << ": ";
      print(out, member.value(), inner);
      separator = ",\n";
    }
  } else {
    for (const auto& item : value.get_array()) {
      out << separator << inner;
      print(out, item, inner);
      separator = ",\n";
    }
  }
  out << '\n' << indent << (value.is_object() ? '}' : ']');
}

}  // namespace

void print_pretty(std::ostream& out, const json::value& value) {
  print(out, value, "");
  out << '\n';
}

}  // namespace messenger::host::cli
