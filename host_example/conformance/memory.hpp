// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/plugin.h>

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace messenger::host::conformance {

/// How whoever breaks a rule about memory is caught.
enum class Guard {
  none,  ///< not at all; memory stays, with a NUL behind each text, so that other rules do not trip over this one
  ends,  ///< each piece ends where a page ends that nobody may touch
  time   ///< close() makes each piece a page that nobody may touch, for ever
};

/// The memory of what is passed to a plugin.
class Memory {
 public:
  explicit Memory(Guard guard) : guard_(guard) {}
  Memory(Memory&&) = default;
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() = default;

  /// A copy of a text. Absent (no data pointer) stays absent.
  msgr_str text(std::string_view text);
  /// Copies of values, which must not need a destructor.
  template <class T>
  T* copy(const T* values, std::size_t count = 1) {
    void* const place = allocate(count * sizeof(T));
    if (count != 0) {
      std::memcpy(place, values, count * sizeof(T));
    }
    return static_cast<T*>(place);
  }
  /// Its time is over. [any thread]
  void close() noexcept;

 private:
  struct Piece {
    void* at;
    std::size_t size;
  };
  void* allocate(std::size_t size);
  void* allocate_guarded(std::size_t size);

  Guard guard_;
  std::vector<std::unique_ptr<char[]>> plain_;
  std::vector<Piece> pieces_;
};

/// From now on a touch of what nobody may touch ends the child: its rule has failed with this text.
void watch_guarded_memory(std::string_view text);

}  // namespace messenger::host::conformance
