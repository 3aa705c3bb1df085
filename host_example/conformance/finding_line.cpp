// SPDX-License-Identifier: Apache-2.0
#include "conformance/finding_line.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include "loader/src/utf8.hpp"

namespace messenger::host::conformance {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_text = 2'000;

// Plugins' own words are in it.
std::string repaired(std::string_view text) {
  std::string clean;
  loader::repair_utf8(clean, text, longest_text);
  return clean;
}

std::optional<Verdict> verdict_from(std::string_view text) {
  for (const Verdict verdict : {Verdict::passed, Verdict::failed, Verdict::skipped, Verdict::inapplicable}) {
    if (to_string(verdict) == text) {
      return verdict;
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::passed:
      return "passed";
    case Verdict::failed:
      return "failed";
    case Verdict::skipped:
      return "skipped";
    case Verdict::inapplicable:
      return "inapplicable";
  }
  return "";
}

std::string write_finding(const Finding& finding) {
  json::array types;
  for (const std::string& type : finding.types) {
    types.emplace_back(repaired(type));
  }
  return json::serialize(json::object{
             {"result", to_string(finding.verdict)}, {"text", repaired(finding.text)}, {"types", std::move(types)}}) +
         '\n';
}

std::optional<Finding> read_finding(std::string_view line) {
  json::error_code error;
  const json::value value = json::parse({line.data(), line.size()}, error);
  if (error || !value.is_object()) {
    return std::nullopt;
  }
  const auto& object = value.get_object();
  const auto* const result = object.if_contains("result");
  const auto* const text = object.if_contains("text");
  const auto* const types = object.if_contains("types");
  const bool whole =
      result != nullptr && result->is_string() && text != nullptr && text->is_string() && types != nullptr;
  const auto verdict = whole ? verdict_from(std::string(result->get_string())) : std::nullopt;
  if (!verdict) {
    return std::nullopt;
  }
  return Finding{*verdict, std::string(text->get_string()), json::value_to<std::vector<std::string>>(*types)};
}

}  // namespace messenger::host::conformance
