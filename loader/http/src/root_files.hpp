// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace messenger::http {

/// Sets of trusted roots that came as text, each as a file that exists in memory only: libcurl reads a file twenty
/// times faster than a blob, and nobody can change this one. A set is kept for the life of the service, because the
/// pool tells connections apart by the file's name, which therefore must never come to mean another set.
class RootFiles {
 public:
  RootFiles() = default;
  RootFiles(const RootFiles&) = delete;
  RootFiles& operator=(const RootFiles&) = delete;
  ~RootFiles();

  /// The file's path, the same for the same text. Throws std::system_error. [any thread]
  std::string path_of(std::string_view pem);

 private:
  std::mutex mutex_;
  std::map<std::string, int, std::less<>> descriptors_;  // by text
};

}  // namespace messenger::http
