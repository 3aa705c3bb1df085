// SPDX-License-Identifier: Apache-2.0
// An op and its message in memory that lives until the plugin completes it.
#ifndef MESSENGER_LOADER_SRC_MESSAGE_COPY_HPP
#define MESSENGER_LOADER_SRC_MESSAGE_COPY_HPP

#include <messenger/plugin.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <messenger/loader/message.hpp>

namespace messenger::loader {

/// The times of one attempt on the clock of the ABI.
struct OpTimes {
  std::int64_t answer_by = 0;  ///< the caller has its answer
  std::int64_t deadline = 0;   ///< what the plugin is told: a little earlier
  std::int64_t expires = 0;    ///< of the message; 0 = never
};

/// One reused buffer holds the attribute pairs and all text. Not thread safe: a slot has one owner at a time.
class MessageCopy {
 public:
  MessageCopy() = default;
  MessageCopy(const MessageCopy&) = delete;
  MessageCopy& operator=(const MessageCopy&) = delete;
  ~MessageCopy() { clear(); }

  /// Copies. Throws std::bad_alloc when the buffer cannot grow.
  void assign(const Message& message, const SendOptions& options, std::uint64_t ticket, const OpTimes& times);

  /// Forgets the message, wiping it when it is secret. An unusually large buffer is given back.
  void clear() noexcept;

  const msgr_op& op() const noexcept { return op_; }
  const msgr_message& message() const noexcept { return message_; }

 private:
  void reserve(std::size_t size);

  msgr_op op_{};
  msgr_message message_{};
  std::unique_ptr<std::byte[]> buffer_;
  std::size_t capacity_ = 0, used_ = 0;
};

}  // namespace messenger::loader

#endif
