// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "store/outbox.hpp"

namespace messenger::host {

/// How many attempts there may be at once, in total and through each messenger. A quarter of both is kept for codes, so
/// that neither bulk nor a slow provider of it holds them up.
class Slots {
 public:
  Slots(std::size_t total, std::size_t per_messenger) : total_(total), per_messenger_(per_messenger) {}

  void set(std::size_t total, std::size_t per_messenger) noexcept;
  void take(const std::string& messenger_id);
  void give_back(const std::string& messenger_id) noexcept;

  std::size_t used() const noexcept { return used_; }
  std::size_t used(const std::string& messenger_id) const noexcept;
  /// Those of which there are any, by messenger.
  const std::map<std::string, std::size_t>& all() const noexcept { return by_messenger_; }
  /// How many more there may be.
  std::size_t room(Priority priority) const noexcept;
  std::size_t room(const std::string& messenger_id, Priority priority) const noexcept;

 private:
  std::size_t total_, per_messenger_, used_ = 0;
  std::map<std::string, std::size_t> by_messenger_;
};

}  // namespace messenger::host
