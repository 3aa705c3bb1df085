// SPDX-License-Identifier: Apache-2.0
#include "delivery/key_document.hpp"

#include <algorithm>
#include <array>
#include <boost/algorithm/string/join.hpp>

#include "delivery/client_certificate.hpp"
#include "delivery/document_body.hpp"
#include "runtime/field_check.hpp"
#include "runtime/field_schema.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using enum Field::Kind;

constexpr std::size_t longest_pem = 65'536;  // a chain of certificates has its place

// Those after `secret` are FusionAuth's to tell: a client that sends back what it was shown may.
constexpr std::array<Field, 16> fields{{{"name", text, true},
                                        {.path = "certificate", .kind = text, .longest = longest_pem},
                                        {.path = "privateKey", .kind = text, .longest = longest_pem},
                                        {"algorithm", text},
                                        {"kid", text},
                                        {"type", text},
                                        {"secret", text},
                                        {"certificateInformation", object},
                                        {"expirationInstant", integer},
                                        {"hasPrivateKey", boolean},
                                        {"id", text},
                                        {"insertInstant", integer},
                                        {.path = "issuer", .kind = text, .longest = longest_pem},
                                        {"lastUpdateInstant", integer},
                                        {"length", integer},
                                        {.path = "publicKey", .kind = text, .longest = longest_pem}}};

bool is_client_certificate(const json::object& sent) {
  const auto type = text_member(sent, "type");
  return type != "HMAC" && !type.starts_with("Secret") && find_member(sent, "secret") == nullptr;
}

void require(const json::object& sent, const char* name, std::vector<loader::Issue>& issues) {
  const json::value* const member = find_member(sent, name);
  if (member == nullptr || (member->is_string() && member->get_string().empty())) {
    issues.push_back({"/key/" + std::string(name), "blank",
                      "You must specify [" + std::string(name) + "]: a client certificate needs both."});
  }
}

// What was said about the key must be so.
void check_choice(const json::object& sent, const char* name, const std::vector<std::string>& possible,
                  std::vector<loader::Issue>& issues) {
  const auto said = text_member(sent, name);
  if (!said.empty() && std::find(possible.begin(), possible.end(), said) == possible.end()) {
    issues.push_back({"/key/" + std::string(name), "invalid",
                      "For this key, expected [" + std::string(name) + "] to be one of [" +
                          boost::algorithm::join(possible, ", ") + "], but found [" + std::string(said) + "]."});
  }
}

json::object completed(const json::object& sent, const ClientCertificate& read) {
  const auto or_else = [&](const char* name, const json::value& value) {
    const auto said = text_member(sent, name);
    return said.empty() ? json::string(value.as_string()) : json::string(said);
  };
  return {{"name", text_member(sent, "name")},
          {"algorithm", or_else("algorithm", json::string(read.algorithms.front()))},
          {"certificate", read.certificate},
          {"certificateInformation", read.information},
          {"expirationInstant", read.information.at("validTo")},
          {"hasPrivateKey", true},
          {"issuer", read.issuer},
          {"kid", or_else("kid", read.information.at("sha1Thumbprint"))},
          {"length", read.length},
          {"privateKey", read.private_key.reveal()},
          {"publicKey", read.public_key},
          {"type", read.type}};
}

}  // namespace

json::object complete_key(const json::object& sent, std::vector<loader::Issue>& issues) {
  issues = check_fields(sent, fields, "/key");
  if (!is_client_certificate(sent)) {
    issues.push_back({find_member(sent, "secret") == nullptr ? "/key/type" : "/key/secret", "invalid",
                      "Only keys of client certificates are kept here, with their certificates: no secret and no key "
                      "for HMAC."});
    return {};
  }
  require(sent, "certificate", issues);
  require(sent, "privateKey", issues);
  const auto certificate = text_member(sent, "certificate");
  const auto private_key = text_member(sent, "privateKey");
  if (certificate.empty() || private_key.empty()) {
    return {};
  }
  const auto read = read_client_certificate(certificate, private_key, issues);
  if (!read) {
    return {};
  }
  check_choice(sent, "type", {read->type}, issues);
  check_choice(sent, "algorithm", read->algorithms, issues);
  return completed(sent, *read);
}

json::object shown_key(const Document& document) {
  json::object key = body_of(document);
  key.erase("privateKey");
  key["id"] = document.id;
  key["insertInstant"] = document.insert_instant;
  key["lastUpdateInstant"] = document.last_update_instant;
  return key;
}

json::object key_schema() {
  return schema_of(fields);
}

Secret key_pem(const Document& document) {
  const json::object key = body_of(document);
  std::string pem(text_member(key, "certificate"));
  pem.append(text_member(key, "privateKey"));
  Secret kept(pem);
  wipe(pem);
  return kept;
}

}  // namespace messenger::host
