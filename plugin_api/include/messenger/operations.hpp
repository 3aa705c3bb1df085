// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_OPERATIONS_HPP
#define MESSENGER_OPERATIONS_HPP

#include <messenger/operations.h>
#include <messenger/text.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace messenger {

/// One entry of a messenger's catalogue; see operations.h.
struct OperationInfo {
  std::string name{};
  std::string summary{};
  std::string input_schema{};   ///< JSON Schema of an object
  std::string output_schema{};  ///< empty = there is no output
  bool safe = false;            ///< changes nothing: may be run again after any outcome
  bool list = false;            ///< any number of outputs
};

/// The operations of a class, in the order of msgr_call.index.
using Operations = std::vector<OperationInfo>;

/// One run of an operation; a view, valid until the op is completed.
class Call {
 public:
  explicit Call(const msgr_call& raw) noexcept : raw_(&raw) {}
  /// Of the operation in the class's catalogue; always within it.
  [[nodiscard]] std::size_t index() const noexcept { return raw_->index; }
  /// The input, secrets replaced: safe to log.
  [[nodiscard]] std::string_view json() const noexcept { return to_view(raw_->json); }
  /// The input flattened, secrets in clear.
  [[nodiscard]] std::span<const msgr_field> fields() const noexcept { return {raw_->fields, raw_->field_count}; }
  /// For Fields<Input>::read, where the input is declared as a configuration is.
  [[nodiscard]] msgr_config as_config() const noexcept {
    return {sizeof(msgr_config), 0, raw_->json, raw_->fields, raw_->field_count};
  }

 private:
  const msgr_call* raw_;
};

namespace detail {

/// What the C table of a catalogue refers to.
class OperationTable {
 public:
  using Run = void (*)(msgr_instance*, const msgr_op*, const msgr_call*);

  OperationTable(Operations operations, Run run) : operations_(std::move(operations)) {
    raw_.reserve(operations_.size());
    for (const OperationInfo& one : operations_) {
      const msgr_str output = one.output_schema.empty() ? msgr_str{nullptr, 0} : to_str(one.output_schema);
      const std::uint32_t flags = (one.safe ? MSGR_OPERATION_SAFE : 0U) | (one.list ? MSGR_OPERATION_LIST : 0U);
      raw_.push_back({one.name.c_str(), one.summary.c_str(), to_str(one.input_schema), output, flags, 0});
    }
    table_ = {sizeof(msgr_operations), 0, raw_.data(), raw_.size(), run};
  }
  OperationTable(const OperationTable&) = delete;
  OperationTable& operator=(const OperationTable&) = delete;

  [[nodiscard]] const msgr_operations* table() const noexcept { return &table_; }
  [[nodiscard]] std::size_t size() const noexcept { return raw_.size(); }

 private:
  Operations operations_;
  std::vector<msgr_operation> raw_;
  msgr_operations table_{};
};

}  // namespace detail
}  // namespace messenger

#endif
