// SPDX-License-Identifier: Apache-2.0
#include "identity.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>
#include <new>

namespace messenger::http {

namespace {

struct Free {
  void operator()(BIO* bio) const noexcept { BIO_free_all(bio); }
  void operator()(X509* certificate) const noexcept { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
using Bio = std::unique_ptr<BIO, Free>;
using X509Ptr = std::unique_ptr<X509, Free>;
using Key = std::unique_ptr<EVP_PKEY, Free>;

// OpenSSL's queue of errors is the thread's, and the host's own use of it must not find ours there.
struct ErrorsKept {
  ErrorsKept() noexcept { ERR_set_mark(); }
  ErrorsKept(const ErrorsKept&) = delete;
  ErrorsKept& operator=(const ErrorsKept&) = delete;
  ~ErrorsKept() { ERR_pop_to_mark(); }
};

Bio reader(std::string_view text) {
  Bio bio(BIO_new_mem_buf(text.empty() ? "" : text.data(), static_cast<int>(text.size())));
  if (!bio) {
    throw std::bad_alloc();
  }
  return bio;
}

X509Ptr read_certificate(std::string_view pem) {
  return X509Ptr(PEM_read_bio_X509(reader(pem).get(), nullptr, nullptr, nullptr));
}

// Also where there is no password: OpenSSL's own callback would ask on the terminal.
int give_password(char* buffer, int size, int, void* password) {
  const auto& text = *static_cast<const std::string_view*>(password);
  return static_cast<int>(text.copy(buffer, static_cast<std::size_t>(size)));
}

Key read_key(std::string_view pem, std::string_view password) {
  return Key(PEM_read_bio_PrivateKey(reader(pem).get(), nullptr, give_password, &password));
}

Secret to_pem(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_secmem()));  // wiped when it goes
  if (!bio || PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    throw std::bad_alloc();
  }
  char* text = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &text);
  return Secret(std::string_view(text, static_cast<std::size_t>(length)));
}

void lend(CURL* easy, CURLoption option, const Secret& text) {
  const auto view = text.reveal();
  curl_blob blob{const_cast<char*>(view.data()), view.size(), CURL_BLOB_NOCOPY};
  set_option(easy, option, &blob);
}

}  // namespace

bool has_certificate(std::string_view pem) {
  const ErrorsKept kept;
  return read_certificate(pem) != nullptr;
}

void Identity::read(const msgr_http_endpoint_config& config, Issues& issues) {
  const auto given = to_view(config.client_certificate);
  const auto key_given = to_view(config.client_key);
  if (given.data() == nullptr && key_given.data() == nullptr) {
    return;
  }
  const ErrorsKept kept;
  const X509Ptr certificate = read_certificate(given);
  const Key key = read_key(key_given, to_view(config.client_key_password));
  if (!certificate) {
    issues.push_back({"/client_certificate", "invalid", "The client certificate is not a certificate in PEM form."});
  } else if (X509_cmp_current_time(X509_get0_notAfter(certificate.get())) < 0) {
    issues.push_back({"/client_certificate", "invalid", "The client certificate has expired."});
  }
  if (!key) {
    issues.push_back({"/client_key", "invalid",
                      "The client certificate's key is not a private key in PEM form, or its password is wrong."});
  } else if (certificate && X509_check_private_key(certificate.get(), key.get()) != 1) {
    issues.push_back({"/client_key", "invalid", "The private key does not belong to the client certificate."});
  } else {
    certificate_ = Secret(given);
    key_ = to_pem(key.get());
  }
}

void Identity::present(CURL* easy) const {
  if (!key_.empty()) {
    lend(easy, CURLOPT_SSLCERT_BLOB, certificate_);
    lend(easy, CURLOPT_SSLKEY_BLOB, key_);
  }
}

}  // namespace messenger::http
