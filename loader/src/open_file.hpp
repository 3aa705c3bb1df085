// SPDX-License-Identifier: Apache-2.0
// A file that is looked at before it is loaded.
#ifndef MESSENGER_LOADER_SRC_OPEN_FILE_HPP
#define MESSENGER_LOADER_SRC_OPEN_FILE_HPP

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <system_error>

namespace messenger::loader {

/// What a refusal says of a file or directory, with the reason in words.
inline std::string cannot_be_read(int error) {
  return "cannot be read: " + std::system_category().message(error);
}

/// Open for reading, so that all that is said of it is about one file, whatever happens to its name.
class OpenFile {
 public:
  /// Does not wait for the other end of a pipe.
  explicit OpenFile(const char* path) noexcept : descriptor_(::open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (descriptor_ < 0 || ::fstat(descriptor_, &status_) != 0) error_ = errno;
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  /// Why it cannot be read, as errno has it; 0 = it can.
  int error() const noexcept { return error_; }
  /// Of a file that can be read.
  const struct stat& status() const noexcept { return status_; }
  /// How many bytes were read.
  std::size_t read(void* to, std::size_t count, std::uint64_t at) const noexcept {
    const ssize_t got = ::pread(descriptor_, to, count, static_cast<off_t>(at));
    return got < 0 ? 0 : static_cast<std::size_t>(got);
  }

 private:
  const int descriptor_;
  struct stat status_ {};
  int error_ = 0;
};

}  // namespace messenger::loader

#endif
