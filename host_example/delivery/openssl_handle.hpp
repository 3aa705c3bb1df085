// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <new>
#include <string>
#include <string_view>

namespace messenger::host {

struct FreeOpenssl {
  void operator()(BIO* bio) const noexcept { BIO_free_all(bio); }
  void operator()(X509* certificate) const noexcept { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
  void operator()(BIGNUM* number) const noexcept { BN_free(number); }
};
using Bio = std::unique_ptr<BIO, FreeOpenssl>;
using X509Ptr = std::unique_ptr<X509, FreeOpenssl>;
using PrivateKey = std::unique_ptr<EVP_PKEY, FreeOpenssl>;
using BigNumber = std::unique_ptr<BIGNUM, FreeOpenssl>;

/// OpenSSL's queue of errors is the thread's, and others' use of it must not find ours there.
struct OpensslErrorsKept {
  OpensslErrorsKept() noexcept { ERR_set_mark(); }
  OpensslErrorsKept(const OpensslErrorsKept&) = delete;
  OpensslErrorsKept& operator=(const OpensslErrorsKept&) = delete;
  ~OpensslErrorsKept() { ERR_pop_to_mark(); }
};

/// Reads from the text, which it does not copy.
inline Bio reader(std::string_view text) {
  Bio bio(BIO_new_mem_buf(text.empty() ? "" : text.data(), static_cast<int>(text.size())));
  if (!bio) {
    throw std::bad_alloc();
  }
  return bio;
}

/// What was written to a BIO in memory, for as long as that lives.
inline std::string_view written(BIO* bio) {
  char* text = nullptr;
  const long length = BIO_get_mem_data(bio, &text);
  return {text, static_cast<std::size_t>(length)};
}

}  // namespace messenger::host
