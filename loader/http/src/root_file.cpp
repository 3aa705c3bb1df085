// SPDX-License-Identifier: Apache-2.0
#include "root_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace messenger::http {

RootFile::~RootFile() {
  if (file_ >= 0) {
    ::close(file_);
  }
}

void RootFile::write(std::string_view pem) {
  file_ = memfd_create("messenger-roots", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  for (ssize_t written = 0; !pem.empty(); pem.remove_prefix(static_cast<std::size_t>(written))) {
    written = ::write(file_, pem.data(), pem.size());
    if (written < 0) {
      throw std::system_error(errno, std::system_category(), "a file for trusted roots");
    }
  }
  fcntl(file_, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
}

}  // namespace messenger::http
