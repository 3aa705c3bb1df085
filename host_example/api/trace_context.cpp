// SPDX-License-Identifier: Apache-2.0
#include "api/trace_context.hpp"

#include <algorithm>
#include <boost/algorithm/string/predicate.hpp>
#include <string_view>

namespace messenger::host {

namespace {

constexpr std::size_t length = 55;  // of version 00: 2 + 32 + 16 + 2 digits and three hyphens

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_zero(std::string_view text) {
  return text.find_first_not_of('0') == std::string_view::npos;
}

// A later version may have more behind, and more flags than the one that version 00 knows.
std::string as_version_00(std::string_view value) {
  const std::string_view version = value.substr(0, 2);
  if (value.size() < length || !is_hex(version) || version == "ff" ||
      (value.size() > length && (version == "00" || value[length] != '-'))) {
    return {};
  }
  const std::string_view trace = value.substr(3, 32), parent = value.substr(36, 16), flags = value.substr(53, 2);
  if (value[2] != '-' || value[35] != '-' || value[52] != '-' || !is_hex(trace) || is_zero(trace) || !is_hex(parent) ||
      is_zero(parent) || !is_hex(flags)) {
    return {};
  }
  if (version == "00") {
    return std::string(value);
  }
  const bool sampled = std::string_view("13579bdf").find(flags[1]) != std::string_view::npos;
  return "00" + std::string(value.substr(2, 51)) + (sampled ? "01" : "00");
}

}  // namespace

std::string traceparent_of(const Request& request) {
  const auto is_traceparent = [](const auto& header) { return boost::iequals(header.first, "traceparent"); };
  const auto found = std::find_if(request.headers.begin(), request.headers.end(), is_traceparent);
  if (found == request.headers.end() || std::any_of(found + 1, request.headers.end(), is_traceparent)) {
    return {};
  }
  return as_version_00(found->second);
}

}  // namespace messenger::host
