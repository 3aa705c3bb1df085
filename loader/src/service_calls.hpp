// SPDX-License-Identifier: Apache-2.0
// How long a service's call into a plugin takes on this thread.
#ifndef MESSENGER_LOADER_SRC_SERVICE_CALLS_HPP
#define MESSENGER_LOADER_SRC_SERVICE_CALLS_HPP

#include <array>
#include <cstddef>
#include <cstdint>

namespace messenger::loader {

/// The brackets that services have open on one thread, innermost last. Deeper nesting than `depth` is not measured.
class ServiceCalls {
 public:
  void enter(const void* who, std::int64_t now) noexcept {
    if (size_ != depth) frames_[size_++] = {who, now, 0};
  }

  /// Closes the innermost bracket of `who` and gives its nanoseconds; 0 for an inner bracket of the same one, which
  /// the outer covers, and when the bracket was opened on another thread.
  std::int64_t leave(const void* who, std::int64_t now) noexcept {
    std::size_t at = size_;
    while (at != 0 && frames_[at - 1].who != who) --at;
    if (at == 0) return 0;
    const Frame frame = frames_[at - 1];
    for (std::size_t i = at; i != size_; ++i) frames_[i - 1] = frames_[i];
    --size_;
    return is_open(who) ? 0 : now - frame.start - frame.excluded;
  }

  /// Time that the host's own callback took within these brackets: not the plugin's.
  void exclude(std::int64_t time) noexcept {
    for (std::size_t i = 0; i != size_; ++i) frames_[i].excluded += time;
  }

  bool any() const noexcept { return size_ != 0; }

 private:
  static constexpr std::size_t depth = 8;
  struct Frame {
    const void* who;
    std::int64_t start, excluded;
  };

  bool is_open(const void* who) const noexcept {
    for (std::size_t i = 0; i != size_; ++i) {
      if (frames_[i].who == who) return true;
    }
    return false;
  }

  std::array<Frame, depth> frames_{};
  std::size_t size_ = 0;
};

}  // namespace messenger::loader

#endif
