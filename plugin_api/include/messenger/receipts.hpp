// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_RECEIPTS_HPP
#define MESSENGER_RECEIPTS_HPP

#include <messenger/receipts.h>
#include <messenger/message.hpp>

#include <cstdint>
#include <string_view>

namespace messenger {

/// Where a message stands; see receipts.h.
enum class Status : std::uint32_t {
  other = MSGR_STATUS_OTHER,
  accepted = MSGR_STATUS_ACCEPTED,
  scheduled = MSGR_STATUS_SCHEDULED,
  queued = MSGR_STATUS_QUEUED,
  sending = MSGR_STATUS_SENDING,
  sent = MSGR_STATUS_SENT,
  delivered = MSGR_STATUS_DELIVERED,
  read = MSGR_STATUS_READ,
  undelivered = MSGR_STATUS_UNDELIVERED,
  failed = MSGR_STATUS_FAILED,
  canceled = MSGR_STATUS_CANCELED,
  inbound = MSGR_STATUS_INBOUND
};

/// What a messenger makes of a callback.
enum class Reading : std::uint32_t {
  forged = MSGR_RECEIPT_FORGED,
  read = MSGR_RECEIPT_READ,
  malformed = MSGR_RECEIPT_MALFORMED
};

/// A provider's request, as the host received it; a view for the length of the call.
class Callback {
 public:
  explicit Callback(const msgr_callback& raw) noexcept : raw_(&raw) {}
  [[nodiscard]] std::string_view method() const noexcept { return to_view(raw_->method); }
  /// As the provider was given it, with the query that it used.
  [[nodiscard]] std::string_view url() const noexcept { return to_view(raw_->url); }
  [[nodiscard]] std::string_view body() const noexcept { return to_view(raw_->body); }
  [[nodiscard]] Attributes headers() const noexcept { return {raw_->headers, raw_->header_count}; }

 private:
  const msgr_callback* raw_;
};

/// One event of a message; the views need to live until tell() has returned.
struct Receipt {
  Status status = Status::other;
  std::string_view provider_id{};
  std::string_view provider_status{};
  std::string_view provider_code{};
};

/// Where a messenger tells the events of a callback, once it knows that the callback is genuine.
class Receipts {
 public:
  Receipts(msgr_receipt_fn told, void* ctx) noexcept : told_(told), ctx_(ctx) {}
  void tell(const Receipt& receipt) const noexcept {
    const msgr_receipt raw{sizeof(msgr_receipt), static_cast<std::uint32_t>(receipt.status),
                           to_str(receipt.provider_id), to_str(receipt.provider_status), to_str(receipt.provider_code)};
    told_(ctx_, &raw);
  }

 private:
  msgr_receipt_fn told_;
  void* ctx_;
};

}  // namespace messenger

#endif
