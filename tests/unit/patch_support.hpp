// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>

#include "api/patch.hpp"
#include "runtime/json_text.hpp"

namespace messenger::test {

/// The patched document in sorted text, or its errors.
inline std::string patched(const std::string& type, const std::string& document, const std::string& patch,
                           const host::PatchRules& rules = {}) {
  host::Request request;
  request.content_type = type;
  request.body = patch;
  host::Errors errors;
  const auto result = host::apply_patch(boost::json::parse(document).as_object(), request, rules, errors);
  return result ? host::to_sorted_text(*result) : "refused: " + host::to_sorted_text(errors.to_json());
}

inline std::string sorted(const std::string& text) {
  return host::to_sorted_text(boost::json::parse(text));
}

}  // namespace messenger::test
