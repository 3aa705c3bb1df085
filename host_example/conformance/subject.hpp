// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/operations.h>
#include <messenger/receipts.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "conformance/assignment.hpp"
#include "loader/src/config.hpp"
#include "loader/src/library.hpp"

namespace messenger::host::conformance {

/// Thrown where a rule cannot be tried; what() is why.
class NotTried : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What a plugin said about a configuration.
struct Said {
  std::uint32_t count = 0;  ///< what validate returned
  std::vector<loader::Issue> issues{};
  std::vector<std::string> flaws{};  ///< how the issues themselves broke the ABI
  static void take(void* ctx, const msgr_issue* issue);
};

/// The plugin as one rule meets it, in a child. What it loads and makes is never taken down: the child ends at once.
class Subject {
 public:
  explicit Subject(Assignment assignment) : assignment_(std::move(assignment)) {}

  [[nodiscard]] const std::filesystem::path& path() const { return assignment_.plugin; }
  [[nodiscard]] std::uint32_t index() const { return assignment_.type_index; }
  /// Loads the library; throws NotTried.
  loader::PluginEntry entry();
  /// The table of the type that is looked at; throws NotTried.
  const msgr_plugin& table();

  /// What it offers beside sending; null when it does not. Throw NotTried.
  const msgr_operations* operations();
  const msgr_receipts* receipts();

  /// A configuration as the plugin gets it; throws NotTried when the text is none.
  loader::Config read(const std::string& json);
  /// A first configuration: the given one, or what the schema requires. The plugin was not asked about it.
  std::string draft();
  /// The one to send with: the given one, or made with the plugin's help from its schema.
  const std::string& configuration();
  /// Whether it was given and not made.
  bool was_given();
  /// Configurations like this one, most of them wrong.
  static std::vector<std::string> spoilt(const std::string& configuration);

 private:
  const GivenConfiguration* given();
  const loader::Schema& schema();
  std::string_view schema_text();

  Assignment assignment_;
  loader::PluginEntry entry_ = nullptr;
  const msgr_plugin* table_ = nullptr;
  std::shared_ptr<const loader::Schema> schema_;
  std::string configuration_;
};

/// Asks the plugin's validate with a host that lends what messengers may need.
Said validate(Subject& subject, const std::string& json);

}  // namespace messenger::host::conformance
