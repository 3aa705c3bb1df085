// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace messenger::test {

/// A directory that goes with the test.
class TemporaryDirectory {
 public:
  explicit TemporaryDirectory(const std::filesystem::path& parent = std::filesystem::temp_directory_path());
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  std::string path(const std::string& name) const { return (path_ / name).string(); }
  /// Writes a file and gives its path.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

/// A file's text.
std::string contents(const std::string& path);

/// A self-signed certificate and its key, in PEM files.
struct Certificate {
  /// `subject_alt_name` as OpenSSL writes it ("IP:127.0.0.1"); valid from now for `days` (negative: it has expired).
  /// `key_kind` is a curve's name, "ED25519", or "RSA-" and its bits.
  Certificate(const TemporaryDirectory& directory, const std::string& name, const std::string& subject_alt_name,
              int days = 1, const std::string& key_kind = "P-256");
  std::string certificate_file, key_file;
};

/// A private key in PEM form, encrypted with a password.
std::string encrypt_key(const std::string& pem, const std::string& password);

}  // namespace messenger::test
