// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host::conformance {

class Subject;

/// How a rule ended. Skipped: it could not be tried. Inapplicable: the plugin has nothing that it is about.
enum class Verdict { passed, failed, skipped, inapplicable };

/// What trying a rule showed.
struct Finding {
  Verdict verdict = Verdict::passed;
  std::string text{};                ///< what failed, or why it was not tried; one sentence without a secret
  std::vector<std::string> types{};  ///< what the plugin offers; of offers_a_type only
};

inline Finding failed(std::string text) {
  return {Verdict::failed, std::move(text)};
}
inline Finding skipped(std::string text) {
  return {Verdict::skipped, std::move(text)};
}
inline Finding inapplicable(std::string text) {
  return {Verdict::inapplicable, std::move(text)};
}

/// One rule of the ABI.
struct Rule {
  enum class Scope { file, type };  ///< tried once, or for each type that the file offers
  std::string_view id;
  Scope scope;
  std::string_view says;                    ///< what the ABI demands, in one sentence
  std::array<std::string_view, 2> needs{};  ///< rules that must neither have failed nor been skipped
  Finding (*run)(Subject& subject);
};

/// The rule whose finding lists the types.
inline constexpr std::string_view offers_a_type = "entry.offers-a-type";

/// Every rule, in the order in which they are tried: whatever a rule needs stands before it.
std::span<const Rule> all_rules();

/// Null when there is none of this id.
const Rule* find_rule(std::string_view id);

/// Where the rule stands: "plugin.h, msgr_plugin.send".
std::string_view place_of(const Rule& rule);

// The parts of which all_rules is made.
std::span<const Rule> file_rules();
std::span<const Rule> entry_rules();
std::span<const Rule> table_rules();
std::span<const Rule> validate_rules();
std::span<const Rule> configure_rules();
std::span<const Rule> send_rules();
std::span<const Rule> result_rules();
std::span<const Rule> operation_rules();
std::span<const Rule> receipt_rules();
std::span<const Rule> cancel_rules();
std::span<const Rule> ending_rules();
std::span<const Rule> secrets_rules();
std::span<const Rule> memory_rules();
std::span<const Rule> http_rules();
std::span<const Rule> process_rules();

}  // namespace messenger::host::conformance
