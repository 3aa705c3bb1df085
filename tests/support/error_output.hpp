// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "certificate.hpp"

namespace messenger::test {

/// Standard error goes to a file for as long as this lives.
class ErrorOutput {
 public:
  explicit ErrorOutput(const std::string& file) : file_(file), before_(::dup(2)) {
    const int fd = ::open(file.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    ::dup2(fd, 2);
    ::close(fd);
  }
  ErrorOutput(const ErrorOutput&) = delete;
  ErrorOutput& operator=(const ErrorOutput&) = delete;
  ~ErrorOutput() {
    ::dup2(before_, 2);
    ::close(before_);
  }

  std::string text() const {
    std::fflush(stderr);
    return contents(file_);
  }

 private:
  const std::string file_;
  const int before_;
};

}  // namespace messenger::test
