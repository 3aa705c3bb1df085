// SPDX-License-Identifier: Apache-2.0
#include "message_copy.hpp"

#include <cstring>
#include <memory>
#include <string_view>

namespace messenger::loader {
namespace {

constexpr std::size_t smallest_buffer = 512;
constexpr std::size_t largest_kept = std::size_t{64} * 1024;

std::size_t text_size(const Message& message, const SendOptions& options) {
  std::size_t size = message.to.size() + message.from.size() + message.body.size() + message.kind.size() +
                     message.locale.size() + options.idempotency_key.size() + options.traceparent.size();
  for (const Attribute& attribute : message.attributes) size += attribute.name.size() + attribute.value.size();
  return size;
}

// Appends texts to the buffer; what it gives points into it, so an empty text is present, never absent.
class Writer {
 public:
  explicit Writer(char* at) : at_(at) {}

  msgr_str text(std::string_view text) {
    const msgr_str copy{at_, text.size()};
    if (!text.empty()) std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
    return copy;
  }
  msgr_str absent_if_empty(std::string_view value) { return value.empty() ? msgr_str{nullptr, 0} : text(value); }

 private:
  char* at_;
};

}  // namespace

void MessageCopy::reserve(std::size_t size) {
  if (size <= capacity_) return;
  const std::size_t grown = size < smallest_buffer ? smallest_buffer : size + size / 2;
  buffer_ = std::make_unique_for_overwrite<std::byte[]>(grown);
  capacity_ = grown;
}

void MessageCopy::assign(const Message& message, const SendOptions& options, std::uint64_t ticket,
                         const OpTimes& times) {
  const std::size_t count = message.attributes.size();
  const std::size_t size = count * sizeof(msgr_pair) + text_size(message, options);
  reserve(size + 1);  // an empty text is present: it points somewhere
  used_ = size;
  auto* const pairs = reinterpret_cast<msgr_pair*>(buffer_.get());
  Writer writer(reinterpret_cast<char*>(buffer_.get()) + count * sizeof(msgr_pair));
  for (std::size_t i = 0; i != count; ++i) {
    const Attribute& attribute = message.attributes[i];
    std::construct_at(pairs + i, msgr_pair{writer.text(attribute.name), writer.text(attribute.value)});
  }
  message_ = {.size = sizeof(msgr_message),
              .flags = message.secret ? MSGR_SECRET : 0u,
              .expires_ns = static_cast<std::uint64_t>(times.expires),
              .kind = writer.text(message.kind),
              .to = writer.text(message.to),
              .from = writer.absent_if_empty(message.from),
              .body = writer.text(message.body),
              .locale = writer.absent_if_empty(message.locale),
              .attributes = count == 0 ? nullptr : pairs,
              .attribute_count = count};
  op_ = {.size = sizeof(msgr_op),
         .attempt = options.attempt,
         .ticket = ticket,
         .deadline_ns = static_cast<std::uint64_t>(times.deadline),
         .idempotency_key = writer.absent_if_empty(options.idempotency_key),
         .traceparent = writer.absent_if_empty(options.traceparent)};
}

void MessageCopy::clear() noexcept {
  if ((message_.flags & MSGR_SECRET) != 0 && used_ != 0) explicit_bzero(buffer_.get(), used_);
  used_ = 0;
  if (capacity_ <= largest_kept) return;
  buffer_.reset();
  capacity_ = 0;
}

}  // namespace messenger::loader
