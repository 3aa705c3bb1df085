// SPDX-License-Identifier: Apache-2.0
#include "store/new_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include "store/store_error.hpp"

namespace messenger::host {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw StoreError(path.string() + " cannot be made: " + std::system_category().message(errno) + ".");
}

// A file that nobody else knows, gone with this object.
class Draft {
 public:
  explicit Draft(const std::filesystem::path& beside) : path_(beside.string() + ".XXXXXX") {
    file_ = ::mkostemp(path_.data(), O_CLOEXEC);  // mode 0600, O_EXCL
    if (file_ < 0) {
      fail(beside);
    }
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    close();
    ::unlink(path_.c_str());
  }

  bool write(std::string_view text) const {
    return ::write(file_, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file_) == 0;
  }
  void close() noexcept {
    if (file_ >= 0) {
      ::close(file_);
      file_ = -1;
    }
  }
  const char* path() const noexcept { return path_.c_str(); }

 private:
  std::string path_;
  int file_;
};

void sync_directory(const std::filesystem::path& path) {
  const int directory = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory >= 0) {
    ::fsync(directory);
    ::close(directory);
  }
}

}  // namespace

bool make_file(const std::filesystem::path& path, std::string_view text) {
  const auto absolute = std::filesystem::absolute(path);
  Draft draft(absolute);
  if (!draft.write(text)) {
    fail(path);
  }
  // Closed before it has its name: closing any descriptor of a file drops this process's SQLite locks on it.
  draft.close();
  if (::link(draft.path(), absolute.c_str()) != 0) {
    return errno == EEXIST ? false : (fail(path), false);
  }
  sync_directory(absolute);
  return true;
}

}  // namespace messenger::host
