// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::http {

/// Trusted roots that came as text, as a file that exists in memory only: libcurl reads a file twenty times faster than
/// a blob, and nobody can change this one. The name of a file that has gone may come to mean other roots, so who uses
/// it shares no connections.
class RootFile {
 public:
  RootFile() = default;
  RootFile(const RootFile&) = delete;
  RootFile& operator=(const RootFile&) = delete;
  ~RootFile();

  /// Once. Throws std::system_error.
  void write(std::string_view pem);
  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }
  explicit operator bool() const noexcept { return file_ >= 0; }

 private:
  int file_ = -1;
};

}  // namespace messenger::http
