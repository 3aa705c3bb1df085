// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_SECRET_HPP
#define MESSENGER_SECRET_HPP

#include <string.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace messenger {

/// Overwrites a string that held something secret, all of its buffer, and empties it.
inline void wipe(std::string& text) noexcept {
  text.resize(text.capacity());  // never reallocates; makes the whole buffer ours to write
  ::explicit_bzero(text.data(), text.size());
  text.clear();
}

/// Text that cannot be printed, compared or converted by accident, and is overwritten when it goes.
class Secret {
 public:
  constexpr Secret() noexcept = default;
  /// Copies the text; wiping the source stays the caller's.
  explicit Secret(std::string_view text) : size_(text.size()) {
    if (text.empty()) {
      return;
    }
    data_ = new char[text.size()];
    text.copy(data_, text.size());
  }
  Secret(const Secret& other) : Secret(other.reveal()) {}
  Secret(Secret&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Secret& operator=(Secret other) noexcept {  // by value: the old text leaves with it and is wiped there
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  constexpr ~Secret() {
    if (data_ != nullptr) {
      ::explicit_bzero(data_, size_);
      delete[] std::exchange(data_, nullptr);  // null: clang's analyzer takes an optional's union for destroyed twice
    }
  }

  /// Two secrets are compared by revealing them, on purpose, where timing does not matter.
  bool operator==(const Secret&) const = delete;

  /// The text, for as long as this object lives unchanged; absent (data() == nullptr) when empty.
  [[nodiscard]] std::string_view reveal() const noexcept { return {data_, size_}; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

 private:
  // A buffer of its own rather than std::string: its short form would be copied, not moved, and leave a copy behind.
  // Not a unique_ptr, with which no configuration could be a constant; see Fields.
  char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace messenger

#endif
