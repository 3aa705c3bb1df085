// SPDX-License-Identifier: Apache-2.0
#include "root_files.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace messenger::http {

namespace {

// A sealed file in memory, or -1 with errno.
int memory_file(std::string_view text) noexcept {
  const int file = memfd_create("messenger-roots", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  while (file >= 0 && !text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0) {
      ::close(file);
      return -1;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  fcntl(file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
  return file;
}

}  // namespace

RootFiles::~RootFiles() {
  for (const auto& [text, descriptor] : descriptors_) {
    if (descriptor >= 0) {
      ::close(descriptor);
    }
  }
}

std::string RootFiles::path_of(std::string_view pem) {
  const std::lock_guard lock(mutex_);
  auto at = descriptors_.find(pem);
  if (at == descriptors_.end()) {
    at = descriptors_.emplace(pem, -1).first;
  }
  if (at->second < 0) {
    at->second = memory_file(pem);
  }
  if (at->second < 0) {
    throw std::system_error(errno, std::system_category(), "a file for trusted roots");
  }
  return "/proc/self/fd/" + std::to_string(at->second);
}

}  // namespace messenger::http
