// SPDX-License-Identifier: Apache-2.0
#include "store/key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "store/new_file.hpp"
#include "store/store_error.hpp"

namespace messenger::host {

namespace {

constexpr std::size_t digits = 2 * SecretKey::size;

// What a key file holds, one byte more than it may, wiped when it goes.
struct Text {
  std::array<char, digits + 2> bytes{};
  std::size_t size = 0;

  Text() = default;
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;
  ~Text() { ::sodium_memzero(bytes.data(), bytes.size()); }
};

class Descriptor {
 public:
  explicit Descriptor(int number) noexcept : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }
  int get() const noexcept { return number_; }

 private:
  int number_;
};

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& why) {
  throw StoreError("The key file " + path.string() + " " + why);
}

void make_key(const std::filesystem::path& path) {
  SecretKey key;
  ::randombytes_buf(key.data(), SecretKey::size);
  Text text;
  ::sodium_bin2hex(text.bytes.data(), text.bytes.size(), key.data(), SecretKey::size);
  text.bytes[digits] = '\n';
  make_file(path, {text.bytes.data(), digits + 1});
}

void check_file(const std::filesystem::path& path, int file) {
  struct stat status {};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    refuse(path, "is no regular file.");
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    refuse(path, "is open to others than its owner. Make its mode 0600.");
  }
}

void read_text(const std::filesystem::path& path, int file, Text& text) {
  while (text.size < text.bytes.size()) {
    const ssize_t got = ::read(file, text.bytes.data() + text.size, text.bytes.size() - text.size);
    if (got < 0) {
      refuse(path, "cannot be read: " + std::system_category().message(errno) + ".");
    }
    if (got == 0) {
      return;
    }
    text.size += static_cast<std::size_t>(got);
  }
}

SecretKey parse(const std::filesystem::path& path, const Text& text) {
  SecretKey key;
  const bool line = text.size == digits + 1 && text.bytes[digits] == '\n';
  std::size_t bytes = 0;
  if ((text.size != digits && !line) ||
      ::sodium_hex2bin(key.data(), SecretKey::size, text.bytes.data(), digits, nullptr, &bytes, nullptr) != 0 ||
      bytes != SecretKey::size) {
    refuse(path, "must hold " + std::to_string(digits) + " hex digits and nothing else.");
  }
  return key;
}

}  // namespace

SecretKey load_key(const std::filesystem::path& path, bool make) {
  const auto open = [&path] { return ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC); };
  int number = open();
  if (number < 0 && errno == ENOENT && make) {
    make_key(path);
    number = open();
  }
  const Descriptor file(number);
  if (number < 0) {
    refuse(path, errno == ELOOP    ? "is a symbolic link."
                 : errno == ENOENT ? "is missing, and without it nothing in its database can be read."
                                   : "cannot be opened: " + std::system_category().message(errno) + ".");
  }
  check_file(path, file.get());
  Text text;
  read_text(path, file.get(), text);
  return parse(path, text);
}

}  // namespace messenger::host
