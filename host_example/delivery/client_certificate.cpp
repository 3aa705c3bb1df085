// SPDX-License-Identifier: Apache-2.0
#include "delivery/client_certificate.hpp"

#include <openssl/ec.h>
#include <openssl/pem.h>

#include <array>

#include "delivery/certificate_information.hpp"
#include "delivery/openssl_handle.hpp"
#include "store/base64.hpp"

namespace messenger::host {

namespace {

bool is_pem(std::string_view text) {
  return text.find("-----BEGIN ") != std::string_view::npos;
}

Secret der_of(std::string_view text) {
  std::string bytes = from_base64(text);
  Secret der(bytes);
  wipe(bytes);
  return der;
}

std::vector<X509Ptr> read_certificates(std::string_view text) {
  std::vector<X509Ptr> found;
  if (!is_pem(text)) {
    const Secret der = der_of(text);
    const auto* at = reinterpret_cast<const unsigned char*>(der.reveal().data());
    if (X509Ptr only(at == nullptr ? nullptr : d2i_X509(nullptr, &at, static_cast<long>(der.reveal().size()))); only) {
      found.push_back(std::move(only));
    }
    return found;
  }
  const Bio bio = reader(text);
  while (X509Ptr next{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
    found.push_back(std::move(next));
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  return at_end ? std::move(found) : std::vector<X509Ptr>();
}

// OpenSSL's own would ask on the terminal.
int no_password(char*, int, int, void*) {
  return -1;
}

PrivateKey read_key(std::string_view text) {
  if (is_pem(text)) {
    return PrivateKey(PEM_read_bio_PrivateKey(reader(text).get(), nullptr, no_password, nullptr));
  }
  const Secret der = der_of(text);
  const auto* at = reinterpret_cast<const unsigned char*>(der.reveal().data());
  return PrivateKey(at == nullptr ? nullptr : d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.reveal().size())));
}

// Encrypted PKCS #8 and the older form of PEM both say so in clear.
bool is_encrypted(std::string_view pem) {
  return is_pem(pem) && pem.find("ENCRYPTED") != std::string_view::npos;
}

std::string to_pem(const std::vector<X509Ptr>& certificates) {
  const Bio bio(BIO_new(BIO_s_mem()));
  for (const X509Ptr& certificate : certificates) {
    PEM_write_bio_X509(bio.get(), certificate.get());
  }
  return std::string(written(bio.get()));
}

std::string public_pem(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PUBKEY(bio.get(), key);
  return std::string(written(bio.get()));
}

Secret private_pem(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_secmem()));  // wiped when it goes
  PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return Secret(written(bio.get()));
}

bool is_curve(EVP_PKEY* key, std::string_view name) {
  std::array<char, 64> group{};
  std::size_t size = 0;
  return EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1 &&
         std::string_view(group.data(), size) == name;
}

// False for a key of a kind that FusionAuth has no algorithm for.
bool set_kind(ClientCertificate& read, EVP_PKEY* key) {
  read.length = EVP_PKEY_get_bits(key);
  if (EVP_PKEY_is_a(key, "RSA") == 1) {
    read.type = "RSA";
    read.algorithms = {"RS256", "RS384", "RS512"};
    return read.length >= 2'048;
  }
  if (EVP_PKEY_is_a(key, "ED25519") == 1) {
    read.type = "OKP";
    read.algorithms = {"Ed25519"};
    read.length = 32;
    return true;
  }
  read.type = "EC";
  read.algorithms = {is_curve(key, SN_X9_62_prime256v1) ? "ES256" : is_curve(key, SN_secp384r1) ? "ES384" : "ES512"};
  return is_curve(key, SN_X9_62_prime256v1) || is_curve(key, SN_secp384r1) || is_curve(key, SN_secp521r1);
}

void report(std::vector<loader::Issue>& issues, const char* pointer, const char* text) {
  issues.push_back({pointer, "invalid", text});
}

}  // namespace

std::optional<ClientCertificate> read_client_certificate(std::string_view certificate, std::string_view private_key,
                                                         std::vector<loader::Issue>& issues) {
  const OpensslErrorsKept kept;
  const auto certificates = read_certificates(certificate);
  const PrivateKey key = read_key(private_key);
  ClientCertificate read;
  if (certificates.empty()) {
    report(issues, "/key/certificate", "This is no X.509 certificate, neither as PEM nor as DER in base64.");
  }
  if (!key) {
    report(issues, "/key/privateKey",
           is_encrypted(private_key) ? "The private key is encrypted. Import it without a password."
                                     : "This is no private key, neither as PEM nor as DER in base64.");
  } else if (!set_kind(read, key.get())) {
    report(issues, "/key/privateKey",
           "Expected an RSA key of 2048 bits or more, an EC key on P-256, P-384 or P-521, or an Ed25519 key.");
  } else if (!certificates.empty() && X509_check_private_key(certificates.front().get(), key.get()) != 1) {
    report(issues, "/key/privateKey",
           "The private key does not belong to the certificate, or to the first of several.");
  } else if (!certificates.empty()) {
    X509* const own = certificates.front().get();
    read.certificate = to_pem(certificates);
    read.private_key = private_pem(key.get());
    read.public_key = public_pem(key.get());
    read.issuer = issuer_of(own);
    read.information = certificate_information(own);
    return read;
  }
  return std::nullopt;
}

}  // namespace messenger::host
