// SPDX-License-Identifier: Apache-2.0
#include "delivery/certificate_information.hpp"

#include <time.h>

#include <array>
#include <cstdint>
#include <vector>

#include "delivery/openssl_handle.hpp"
#include "store/base64.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Bytes = std::vector<unsigned char>;

std::string with_colons(const Bytes& bytes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const unsigned char byte : bytes) {
    text.append(text.empty() ? "" : ":") += digits[byte >> 4U];
    text += digits[byte & 0xfU];
  }
  return text;
}

std::string base64url(const Bytes& bytes) {
  return to_base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, Base64::url);
}

Bytes digest_of(const X509* certificate, const EVP_MD* algorithm) {
  Bytes bytes(EVP_MAX_MD_SIZE);
  unsigned size = 0;
  bytes.resize(X509_digest(certificate, algorithm, bytes.data(), &size) == 1 ? size : 0);
  return bytes;
}

// As DER has it: a first byte of zeros where the number would look negative.
Bytes serial_number(const X509* certificate) {
  const BigNumber number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  Bytes bytes(1 + static_cast<std::size_t>(BN_num_bytes(number.get())));
  BN_bn2bin(number.get(), bytes.data() + 1);
  if (bytes.size() > 1 && bytes[1] < 0x80) {
    bytes.erase(bytes.begin());
  }
  return bytes;
}

std::int64_t epoch_ms(const ASN1_TIME* time) {
  std::tm parts{};
  return ASN1_TIME_to_tm(time, &parts) == 1 ? std::int64_t{::timegm(&parts)} * 1'000 : 0;
}

std::string text_of(const X509_NAME* name) {
  const Bio text(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(text.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  return std::string(written(text.get()));
}

}  // namespace

json::object certificate_information(const X509* certificate) {
  const Bytes sha1 = digest_of(certificate, EVP_sha1());
  const Bytes sha256 = digest_of(certificate, EVP_sha256());
  return {{"issuer", text_of(X509_get_issuer_name(certificate))},
          {"md5Fingerprint", with_colons(digest_of(certificate, EVP_md5()))},
          {"serialNumber", with_colons(serial_number(certificate))},
          {"sha1Fingerprint", with_colons(sha1)},
          {"sha1Thumbprint", base64url(sha1)},
          {"sha256Fingerprint", with_colons(sha256)},
          {"sha256Thumbprint", base64url(sha256)},
          {"subject", text_of(X509_get_subject_name(certificate))},
          {"validFrom", epoch_ms(X509_get0_notBefore(certificate))},
          {"validTo", epoch_ms(X509_get0_notAfter(certificate))}};
}

std::string issuer_of(const X509* certificate) {
  const X509_NAME* const name = X509_get_issuer_name(certificate);
  const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  if (at < 0) {
    return text_of(name);
  }
  unsigned char* text = nullptr;
  const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  std::string common(reinterpret_cast<const char*>(text), size < 0 ? 0 : static_cast<std::size_t>(size));
  OPENSSL_free(text);
  return common;
}

}  // namespace messenger::host
