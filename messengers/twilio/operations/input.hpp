// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/plugin.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "twilio/operations/entry.hpp"

namespace messenger::twilio {

/// A parameter and one of its values.
struct Given {
  const Parameter* parameter;
  std::string_view value;
};

/// What an operation was asked, checked against its entry; views into the call.
class Input {
 public:
  /// Reads and checks everything that concerns one parameter alone. Refusals name the parameter, never its value.
  std::optional<Refusal> read(const Entry& entry, std::span<const msgr_field> fields);

  /// Adds what follows from the rest of the input; value must outlive this object.
  void supply(const Parameter& parameter, std::string_view value) { given_.push_back({&parameter, value}); }

  /// In the order of the input.
  [[nodiscard]] std::span<const Given> all() const noexcept { return given_; }
  /// The first value; absent (data() == nullptr) when there is none.
  [[nodiscard]] std::string_view find(std::string_view name) const noexcept;
  [[nodiscard]] bool has(std::string_view name) const noexcept { return find(name).data() != nullptr; }

 private:
  std::optional<Refusal> read_field(const Entry& entry, const msgr_field& field);
  std::optional<Refusal> keep(const Parameter& parameter, const msgr_field& field);

  std::vector<Given> given_;
};

}  // namespace messenger::twilio
