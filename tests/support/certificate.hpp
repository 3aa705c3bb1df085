// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace messenger::test {

/// A directory that goes with the test.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  std::string path(const std::string& name) const { return (path_ / name).string(); }
  /// Writes a file and gives its path.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

/// A self-signed server certificate and its key, in PEM files.
struct Certificate {
  /// `subject_alt_name` as OpenSSL writes it ("IP:127.0.0.1"); valid from now for `days` (negative: it has expired).
  Certificate(const TemporaryDirectory& directory, const std::string& name, const std::string& subject_alt_name,
              int days = 1);
  std::string certificate_file, key_file;
};

/// A private key in PEM form, encrypted with a password.
std::string encrypt_key(const std::string& pem, const std::string& password);

}  // namespace messenger::test
