// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_HOST_HPP
#define MESSENGER_HOST_HPP

#include <messenger/text.hpp>

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace messenger {

/// What became of a send; see plugin.h. The value alone says whether another attempt is safe.
enum class Outcome : std::int32_t {
  ok = MSGR_OK,
  retry = MSGR_RETRY,
  rejected = MSGR_REJECTED,
  config = MSGR_CONFIG,
  unknown = MSGR_UNKNOWN,
  cancelled = MSGR_CANCELLED,
  deadline = MSGR_DEADLINE
};

enum class LogLevel : std::int32_t {
  debug = MSGR_LOG_DEBUG,
  info = MSGR_LOG_INFO,
  warning = MSGR_LOG_WARNING,
  error = MSGR_LOG_ERROR
};

/// How an op ends; the views need to live until complete() has returned.
struct Result {
  Outcome outcome = Outcome::unknown;
  std::uint32_t http_status = 0;     ///< 0 = none
  std::uint64_t retry_after_ms = 0;  ///< the provider asked for this pause; 0 = it did not
  std::string_view provider_id{};    ///< the provider's name for the message
  std::string_view provider_code{};  ///< the provider's error code
  std::string_view detail{};         ///< one sentence of ours: never provider text, never a secret
};

/// Thrown out of a messenger's send by one who knows what became of the op. Anything else thrown there is UNKNOWN.
class SendError : public std::exception {
 public:
  SendError(Outcome outcome, std::string detail) : outcome_(outcome), detail_(std::move(detail)) {}
  [[nodiscard]] Outcome outcome() const noexcept { return outcome_; }
  [[nodiscard]] const std::string& detail() const noexcept { return detail_; }
  [[nodiscard]] const char* what() const noexcept override { return detail_.c_str(); }

 private:
  Outcome outcome_;
  std::string detail_;
};

/// What the host lends to one messenger; copied freely, valid until the messenger is destroyed.
class Host {
 public:
  explicit Host(const msgr_host* raw) noexcept : raw_(raw) {}

  /// Writes to the host's log; never a secret, never a message's text.
  void log(LogLevel level, std::string_view text) const noexcept {
    raw_->log(raw_, static_cast<std::int32_t>(level), to_str(text));
  }
  /// The clock of deadlines and expiry.
  [[nodiscard]] std::uint64_t now_ns() const noexcept { return raw_->now_ns(raw_); }

  /// Ends the op of this ticket, exactly once.
  void complete(std::uint64_t ticket, const Result& result) const noexcept {
    const msgr_result raw{sizeof(msgr_result),        result.http_status,           result.retry_after_ms,
                          to_str(result.provider_id), to_str(result.provider_code), to_str(result.detail)};
    raw_->complete(raw_, ticket, static_cast<std::int32_t>(result.outcome), &raw);
  }
  /// One output of the call of this ticket, a JSON value; false = nobody wants more, complete the op.
  [[nodiscard]] bool output(std::uint64_t ticket, std::string_view json) const noexcept {
    return MSGR_HAS(raw_, msgr_host, output) && raw_->output(raw_, ticket, to_str(json)) != 0;
  }
  /// A service of the host by its id, or nullptr.
  template <class Service>
  [[nodiscard]] const Service* extension(const char* id) const noexcept {
    return static_cast<const Service*>(raw_->get_extension(raw_, id));
  }
  [[nodiscard]] const msgr_host* raw() const noexcept { return raw_; }

 private:
  const msgr_host* raw_;
};

}  // namespace messenger

#endif
