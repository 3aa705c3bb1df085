// SPDX-License-Identifier: Apache-2.0
// Client certificates as people have them: what is read, and what is refused.
#include "delivery/client_certificate.hpp"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <boost/algorithm/string/replace.hpp>
#include <boost/test/unit_test.hpp>

#include "certificate.hpp"
#include "delivery/certificate_information.hpp"

using namespace messenger::host;
using namespace messenger::test;
using messenger::loader::Issue;

namespace {

struct Material {
  TemporaryDirectory directory;
  Certificate own{directory, "client", "DNS:client"}, other{directory, "other", "DNS:other"};
  std::string certificate = contents(own.certificate_file), key = contents(own.key_file);

  // "pointer: text" of the only issue.
  static std::string refused(const std::string& certificate, const std::string& key) {
    std::vector<Issue> issues;
    BOOST_TEST(!read_client_certificate(certificate, key, issues));
    BOOST_TEST_REQUIRE(issues.size() == 1U);
    BOOST_TEST(issues[0].code == "invalid");
    return issues[0].pointer + ": " + issues[0].text;
  }
};

ClientCertificate good(const std::string& certificate, const std::string& key) {
  std::vector<Issue> issues;
  auto read = read_client_certificate(certificate, key, issues);
  BOOST_TEST_REQUIRE(read.has_value(), (issues.empty() ? "" : issues[0].text));
  BOOST_TEST(issues.empty());
  return std::move(*read);
}

// The base64 within PEM is DER in base64.
std::string der_in_base64(std::string pem) {
  pem.erase(0, pem.find('\n') + 1);
  return pem.substr(0, pem.find("-----"));
}

boost::json::object information_of(const std::string& der_in_base64) {
  const auto pem = "-----BEGIN CERTIFICATE-----\n" + der_in_base64 + "-----END CERTIFICATE-----\n";
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                          &BIO_free_all);
  const std::unique_ptr<X509, decltype(&X509_free)> read(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr),
                                                         &X509_free);
  BOOST_TEST_REQUIRE(read != nullptr);
  BOOST_TEST(issuer_of(read.get()) == "fusionauth.io");
  return certificate_information(read.get());
}

void starts(const std::string& text, const std::string& part) {
  BOOST_TEST(text.starts_with(part), text);
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(pem_is_read_and_told_about_as_fusionauth_does, Material) {
  const auto read = good(certificate, key);
  BOOST_TEST(read.certificate == certificate);
  BOOST_TEST(read.private_key.reveal() == key);
  BOOST_TEST(read.public_key.starts_with("-----BEGIN PUBLIC KEY-----"));
  BOOST_TEST(read.issuer == "client");
  const auto& told = read.information;
  BOOST_TEST(told.at("subject").as_string() == "CN=client");
  BOOST_TEST(told.at("issuer").as_string() == "CN=client");
  BOOST_TEST(told.at("serialNumber").as_string() == "01");
  BOOST_TEST(told.at("md5Fingerprint").as_string().size() == 47U);
  BOOST_TEST(told.at("sha1Fingerprint").as_string().size() == 59U);
  BOOST_TEST(told.at("sha256Fingerprint").as_string().size() == 95U);
  BOOST_TEST(told.at("sha1Thumbprint").as_string().size() == 27U);
  BOOST_TEST(told.at("sha256Thumbprint").as_string().size() == 43U);
  BOOST_TEST(told.at("validTo").as_int64() - told.at("validFrom").as_int64() == 31LL * 86'400'000);
}

// As FusionAuth's documentation shows this certificate.
BOOST_FIXTURE_TEST_CASE(the_documentations_certificate_has_the_documentations_numbers, Material) {
  const std::string documented =
      "MIHsMIGfoAMCAQECEQDqdRGGNnhIwI8IEfDjwZN7MAUGAytlcDAYMRYwFAYDVQQD\n"
      "Ew1mdXNpb25hdXRoLmlvMB4XDTI1MTIxODE2MDUyNVoXDTM1MTIxODE2MDUyNVow\n"
      "GDEWMBQGA1UEAxMNZnVzaW9uYXV0aC5pbzAqMAUGAytlcAMhAI+wTC3wU30tqiGR\n"
      "8RsFrAYl++dNZTRIdwUqPmMv3xeqMAUGAytlcANBANiOCGE+XoUorYo13gor1PWM\n"
      "6sL7j2oDBbSExzThihvYXyO7Lx7s8ZCgJ8rIcxgDQRJbhq1n5oxMAvGnzezDMwQ=\n";
  const auto told = information_of(documented);
  BOOST_TEST(told.at("issuer").as_string() == "CN=fusionauth.io");
  BOOST_TEST(told.at("md5Fingerprint").as_string() == "74:19:09:95:D9:6F:52:D9:83:D5:CD:48:D2:26:34:A2");
  BOOST_TEST(told.at("serialNumber").as_string() == "00:EA:75:11:86:36:78:48:C0:8F:08:11:F0:E3:C1:93:7B");
  BOOST_TEST(told.at("sha1Thumbprint").as_string() == "q21xprY2utMAfR3oywglb0YT71E");
  BOOST_TEST(told.at("sha256Thumbprint").as_string() == "Gr5yQ5q2BtUIMgYoqBvfc6KZXoL_xKP985tfX4BKJ9Q");
  BOOST_TEST(told.at("validFrom").as_int64() == 1'766'073'925'000);
  BOOST_TEST(told.at("validTo").as_int64() == 2'081'606'725'000);
}

BOOST_FIXTURE_TEST_CASE(der_in_base64_is_the_same_as_pem, Material) {
  for (const auto& [given, private_key] :
       {std::pair(der_in_base64(certificate), key), std::pair(certificate, der_in_base64(key)),
        std::pair(boost::replace_all_copy(der_in_base64(certificate), "\n", "\r\n "), der_in_base64(key))}) {
    const auto read = good(given, private_key);
    BOOST_TEST(read.certificate == certificate);
    BOOST_TEST(read.private_key.reveal() == key);
  }
}

BOOST_FIXTURE_TEST_CASE(the_kind_of_key_is_recognised, Material) {
  struct Kind {
    std::string made, type, algorithm;
    std::int64_t length;
  };
  for (const Kind& kind :
       {Kind{"RSA-2048", "RSA", "RS256", 2'048}, Kind{"P-256", "EC", "ES256", 256}, Kind{"P-384", "EC", "ES384", 384},
        Kind{"P-521", "EC", "ES512", 521}, Kind{"ED25519", "OKP", "Ed25519", 32}}) {
    const Certificate made(directory, "made", "DNS:made", 1, kind.made);
    const auto read = good(contents(made.certificate_file), contents(made.key_file));
    BOOST_TEST(read.type == kind.type);
    BOOST_TEST(read.algorithms.at(0) == kind.algorithm);
    BOOST_TEST(read.length == kind.length);
  }
}

BOOST_FIXTURE_TEST_CASE(a_key_that_fusionauth_has_no_algorithm_for_is_refused, Material) {
  for (const auto& kind : {"RSA-1024", "secp256k1"}) {
    const Certificate made(directory, "made", "DNS:made", 1, kind);
    starts(refused(contents(made.certificate_file), contents(made.key_file)),
           "/key/privateKey: Expected an RSA key of 2048 bits");
  }
}

BOOST_FIXTURE_TEST_CASE(a_chain_stands_behind_its_own_certificate, Material) {
  const auto chain = certificate + contents(other.certificate_file);
  BOOST_TEST(good("Bag Attributes\n" + chain, key).certificate == chain);
  starts(refused(contents(other.certificate_file) + certificate, key), "/key/privateKey: The private key does not");
}

BOOST_FIXTURE_TEST_CASE(one_text_with_both_will_do_for_either, Material) {
  BOOST_TEST(good(key + certificate, certificate + key).certificate == certificate);
}

BOOST_FIXTURE_TEST_CASE(anothers_key_is_refused, Material) {
  starts(refused(certificate, contents(other.key_file)), "/key/privateKey: The private key does not belong");
}

BOOST_FIXTURE_TEST_CASE(an_encrypted_key_is_refused_with_the_way_out, Material) {
  starts(refused(certificate, encrypt_key(key, "canary-password")), "/key/privateKey: The private key is encrypted.");
}

BOOST_FIXTURE_TEST_CASE(what_is_no_certificate_or_no_key_is_refused_and_not_repeated, Material) {
  const auto broken = boost::replace_first_copy(certificate, "MII", "MIX");
  for (const auto& text : {std::string("canary"), std::string("-----BEGIN CERTIFICATE-----\ncanary"), broken, key,
                           certificate + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                           std::string("Y2FuYXJ5"), std::string("\0\xff", 2)}) {
    const auto said = refused(text, key);
    starts(said, "/key/certificate: ");
    BOOST_TEST(said.find("canary") == std::string::npos);
  }
  for (const auto& text : {std::string("canary"), certificate, std::string("-----BEGIN PRIVATE KEY-----\ncanary"),
                           std::string("Y2FuYXJ5"), std::string(100'000, 'A')}) {
    const auto said = refused(certificate, text);
    starts(said, "/key/privateKey: ");
    BOOST_TEST(said.find("canary") == std::string::npos);
  }
}

BOOST_FIXTURE_TEST_CASE(both_problems_are_told_at_once, Material) {
  std::vector<Issue> issues;
  BOOST_TEST(!read_client_certificate("x", "y", issues));
  BOOST_TEST(issues.size() == 2U);
}
