// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/host.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace messenger::common {

/// Text of a bounded length, kept in place; what is too long is cut.
template <std::size_t Capacity>
class ShortText {
 public:
  void append(std::string_view text) noexcept {
    size_ += text.copy(text_.data() + size_, std::min(text.size(), Capacity - size_));
  }
  void clear() noexcept { size_ = 0; }
  /// Absent (data() == nullptr) when empty.
  [[nodiscard]] std::string_view view() const noexcept {
    return size_ == 0 ? std::string_view{} : std::string_view(text_.data(), size_);
  }

 private:
  std::array<char, Capacity> text_{};
  std::size_t size_ = 0;
};

/// A Result that owns what it took from the reply.
struct Verdict {
  Outcome outcome = Outcome::unknown;
  std::uint32_t http_status = 0;
  std::uint64_t retry_after_ms = 0;
  ShortText<64> provider_id{};
  ShortText<16> provider_code{};
  std::string_view detail{};  ///< a literal

  /// Views into this object.
  operator Result() const noexcept {  // NOLINT(google-explicit-constructor): so that a classifier may return either
    return {outcome, http_status, retry_after_ms, provider_id.view(), provider_code.view(), detail};
  }
};

/// The verdict of a result that took nothing from the reply.
inline Verdict verdict_of(const Result& result) noexcept {
  Verdict verdict;
  verdict.outcome = result.outcome;
  verdict.http_status = result.http_status;
  verdict.retry_after_ms = result.retry_after_ms;
  verdict.detail = result.detail;
  return verdict;
}

}  // namespace messenger::common
