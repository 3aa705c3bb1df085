// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_MESSAGE_HPP
#define MESSENGER_MESSAGE_HPP

#include <messenger/text.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace messenger {

/// A name and a value that the host added to a message.
struct Attribute {
  std::string_view name, value;
};

/// The attributes of a message, in order; names may repeat.
class Attributes {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Attribute;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Attribute;
    explicit Iterator(const msgr_pair* at) noexcept : at_(at) {}
    Attribute operator*() const noexcept { return {to_view(at_->name), to_view(at_->value)}; }
    Iterator& operator++() noexcept { return ++at_, *this; }
    void operator++(int) noexcept { ++at_; }
    bool operator==(const Iterator&) const noexcept = default;

   private:
    const msgr_pair* at_;
  };

  Attributes(const msgr_pair* first, std::size_t count) noexcept : first_(first), count_(count) {}
  [[nodiscard]] Iterator begin() const noexcept { return Iterator(first_); }
  [[nodiscard]] Iterator end() const noexcept { return Iterator(first_ + count_); }
  [[nodiscard]] std::size_t size() const noexcept { return count_; }

  /// The first value of that name; absent (data() == nullptr) when there is none.
  [[nodiscard]] std::string_view find(std::string_view name) const noexcept {
    for (const Attribute attribute : *this) {
      if (attribute.name == name) {
        return attribute.value;
      }
    }
    return {};
  }

 private:
  const msgr_pair* first_;
  std::size_t count_;
};

/// What is to be sent; a view, valid until the op is completed.
class Message {
 public:
  explicit Message(const msgr_message& raw) noexcept : raw_(&raw) {}
  /// Body or attributes carry a one-time code: keep them out of every log and wipe copies.
  [[nodiscard]] bool secret() const noexcept { return (raw_->flags & MSGR_SECRET) != 0; }
  /// The host's clock at which the message is worthless; 0 = never.
  [[nodiscard]] std::uint64_t expires_ns() const noexcept { return raw_->expires_ns; }
  [[nodiscard]] std::string_view kind() const noexcept { return to_view(raw_->kind); }
  [[nodiscard]] std::string_view to() const noexcept { return to_view(raw_->to); }
  [[nodiscard]] std::string_view from() const noexcept { return to_view(raw_->from); }
  [[nodiscard]] std::string_view body() const noexcept { return to_view(raw_->body); }
  [[nodiscard]] std::string_view locale() const noexcept { return to_view(raw_->locale); }
  [[nodiscard]] Attributes attributes() const noexcept { return {raw_->attributes, raw_->attribute_count}; }

 private:
  const msgr_message* raw_;
};

/// One attempt at one message; a view, valid until the op is completed.
class Op {
 public:
  explicit Op(const msgr_op& raw) noexcept : raw_(&raw) {}
  [[nodiscard]] std::uint64_t ticket() const noexcept { return raw_->ticket; }
  [[nodiscard]] std::uint32_t attempt() const noexcept { return raw_->attempt; }
  [[nodiscard]] std::uint64_t deadline_ns() const noexcept { return raw_->deadline_ns; }
  /// The same over all attempts at one message; data() == nullptr when absent.
  [[nodiscard]] std::string_view idempotency_key() const noexcept { return to_view(raw_->idempotency_key); }
  [[nodiscard]] std::string_view traceparent() const noexcept { return to_view(raw_->traceparent); }

 private:
  const msgr_op* raw_;
};

}  // namespace messenger

#endif
