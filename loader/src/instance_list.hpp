// SPDX-License-Identifier: Apache-2.0
// The instances that may have open ops.
#ifndef MESSENGER_LOADER_SRC_INSTANCE_LIST_HPP
#define MESSENGER_LOADER_SRC_INSTANCE_LIST_HPP

#include <memory>
#include <mutex>
#include <vector>

namespace messenger::loader {

class Instance;

/// In force or draining. [any thread]
class InstanceList {
 public:
  void add(std::shared_ptr<Instance> instance) {
    const std::lock_guard lock(mutex_);
    instances_.push_back(std::move(instance));
  }
  void remove(const std::shared_ptr<Instance>& instance) {
    const std::lock_guard lock(mutex_);
    std::erase(instances_, instance);
  }
  /// A copy, so that plugins and callbacks are called without the lock.
  std::vector<std::shared_ptr<Instance>> snapshot() const {
    const std::lock_guard lock(mutex_);
    return instances_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Instance>> instances_;
};

}  // namespace messenger::loader

#endif
