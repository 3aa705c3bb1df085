// SPDX-License-Identifier: Apache-2.0
#include "common/scratch.hpp"

#include <string.h>

namespace messenger::common {
namespace {

constexpr std::size_t kept = 65'536;  // a larger buffer is rare and given back

std::string& buffer() {
  thread_local std::string text;
  return text;
}

}  // namespace

Scratch::Scratch(std::size_t bound, bool secret) : text_(buffer()), secret_(secret) {
  text_.clear();
  text_.reserve(bound);
}

Scratch::~Scratch() {
  if (secret_) {
    ::explicit_bzero(text_.data(), text_.size());
  }
  text_.clear();
  if (text_.capacity() > kept) {
    std::string().swap(text_);
  }
}

}  // namespace messenger::common
