// SPDX-License-Identifier: Apache-2.0
// The one exception of this room.
#ifndef MESSENGER_LOADER_ERROR_HPP
#define MESSENGER_LOADER_ERROR_HPP

#include <messenger/loader/export.hpp>
#include <stdexcept>
#include <string>

namespace messenger::loader {

/// A call that could not be carried out. A failed delivery is never one: that is a Result.
class MESSENGER_LOADER_API Error : public std::runtime_error {
 public:
  enum class Kind {
    unknown_type,  ///< no loaded plugin offers this type; what() lists those that are known
    would_block,   ///< a blocking call inside a completion or a plugin's call, where it would never return
    closed         ///< the registry has been shut down
  };

  Error(Kind kind, const std::string& text) : std::runtime_error(text), kind_(kind) {}

  /// What went wrong, for a caller that branches on it.
  Kind kind() const noexcept { return kind_; }

 private:
  Kind kind_;
};

}  // namespace messenger::loader

#endif
