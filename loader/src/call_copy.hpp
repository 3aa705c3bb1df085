// SPDX-License-Identifier: Apache-2.0
// The input of an operation in memory that lives until the plugin completes the op.
#ifndef MESSENGER_LOADER_SRC_CALL_COPY_HPP
#define MESSENGER_LOADER_SRC_CALL_COPY_HPP

#include <messenger/operations.h>

#include <cstdint>
#include <messenger/loader/operation.hpp>
#include <utility>

#include "config.hpp"

namespace messenger::loader {

/// What a slot holds beside an op that is a call and not a send. The input is wiped when it goes.
class CallCopy {
 public:
  /// The output belongs to the call's completion, so that both go when the caller has its answer.
  CallCopy(std::uint32_t index, Config input, const Output* output) : input_(std::move(input)), output_(output) {
    const msgr_config view = input_.view();
    raw_ = {.size = sizeof(msgr_call),
            .index = index,
            .json = view.json,
            .fields = view.fields,
            .field_count = view.field_count};
  }
  CallCopy(const CallCopy&) = delete;
  CallCopy& operator=(const CallCopy&) = delete;

  const msgr_call& raw() const noexcept { return raw_; }
  /// Only while the op is open.
  const Output& output() const noexcept { return *output_; }

 private:
  Config input_;
  const Output* output_;
  msgr_call raw_{};
};

}  // namespace messenger::loader

#endif
