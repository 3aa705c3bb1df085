#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

namespace messenger::simulator {

/// A self-signed certificate and its key in two PEM files, which live as long as it does.
class TestCertificate {
 public:
  TestCertificate() {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_EC_gen("P-256"), EVP_PKEY_free};
    const std::unique_ptr<X509, decltype(&X509_free)> certificate{X509_new(), X509_free};
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    const File certificate_file{std::fopen(certificate_path().c_str(), "w"), std::fclose};
    PEM_write_X509(certificate_file.get(), certificate.get());
    const File key_file{std::fopen(key_path().c_str(), "w"), std::fclose};
    PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  }
  ~TestCertificate() { std::filesystem::remove_all(folder_); }
  TestCertificate(const TestCertificate&) = delete;
  TestCertificate& operator=(const TestCertificate&) = delete;

  std::string certificate_path() const { return folder_ / "certificate.pem"; }
  std::string key_path() const { return folder_ / "key.pem"; }

 private:
  using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

  static std::filesystem::path make_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "simulator-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::system_error{errno, std::generic_category(), name};
    return name;
  }

  std::filesystem::path folder_ = make_folder();
};

}  // namespace messenger::simulator
