// SPDX-License-Identifier: Apache-2.0
#include "twilio/signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <messenger/detail/http_syntax.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "common/form_fields.hpp"

namespace messenger::twilio {
namespace {

constexpr std::size_t signature_size = 28;  // of SHA-1's 20 bytes in base64
constexpr std::size_t most_fields = 256;    // Twilio sends fewer than sixty; reading more is costly

// Public data; what is secret is compared by CRYPTO_memcmp.
std::string sha256_hex(std::string_view body) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(body.data(), body.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    return {};
  }
  constexpr std::string_view hex = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += hex[digest[i] >> 4U];
    text += hex[digest[i] & 15U];
  }
  return text;
}

bool signs(std::string_view token, std::string_view text, std::string_view signature) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  std::array<unsigned char, std::size_t{2} * EVP_MAX_MD_SIZE> base64{};
  unsigned size = 0;
  if (HMAC(EVP_sha1(), token.data(), static_cast<int>(token.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size) == nullptr) {
    return false;
  }
  const int written = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(size));
  return static_cast<std::size_t>(written) == signature.size() &&
         CRYPTO_memcmp(base64.data(), signature.data(), signature.size()) == 0;
}

bool has_too_many_fields(std::string_view form) noexcept {
  return static_cast<std::size_t>(std::count(form.begin(), form.end(), '&')) >= most_fields;
}

std::string_view query_of(std::string_view url) noexcept {
  url = url.substr(0, url.find('#'));
  const std::size_t mark = url.find('?');
  return mark == std::string_view::npos ? std::string_view{} : url.substr(mark + 1);
}

// Each name and each of its values once, in order, without separators.
std::string signed_fields(std::string_view body) {
  common::FormFields fields = common::read_form(body);
  std::sort(fields.begin(), fields.end());
  fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
  std::string text;
  for (const auto& [name, value] : fields) {
    text += name;
    text += value;
  }
  return text;
}

// The URL as it is, and without its port or with its scheme's.
std::vector<std::string> spellings(std::string_view url) {
  std::vector<std::string> all{std::string(url)};
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) {
    return all;
  }
  const std::size_t start = scheme_end + 3;
  const std::size_t end = std::min(url.find_first_of("/?#", start), url.size());
  const std::string_view authority = url.substr(start, end - start);
  const std::size_t colon = authority.rfind(':');
  const std::size_t before_port = authority.find_last_of("@]");  // a password and an IPv6 address have colons, too
  if (colon == std::string_view::npos || (before_port != std::string_view::npos && colon < before_port)) {
    const std::string_view port = detail::equal_nocase(url.substr(0, scheme_end), "https") ? ":443" : ":80";
    all.push_back(std::string(url.substr(0, end)).append(port).append(url.substr(end)));
  } else {
    all.push_back(std::string(url.substr(0, start + colon)).append(url.substr(end)));
  }
  return all;
}

}  // namespace

bool binds_body_by_hash(std::string_view url) {
  return common::find_field(common::read_form(query_of(url)), "bodySHA256").data() != nullptr;
}

bool is_genuine(const SignedRequest& request, std::span<const std::string_view> tokens) {
  if (request.signature.size() != signature_size) {
    return false;
  }
  const std::string_view query_text = query_of(request.url);
  if (has_too_many_fields(query_text)) {
    return false;
  }
  const common::FormFields query = common::read_form(query_text);
  const std::string_view body_hash = common::find_field(query, "bodySHA256");
  const bool by_hash = body_hash.data() != nullptr;
  if (by_hash ? body_hash != sha256_hex(request.body) : has_too_many_fields(request.body)) {
    return false;
  }
  const std::string fields = by_hash ? std::string() : signed_fields(request.body);
  bool genuine = false;
  for (const std::string& url : spellings(request.url)) {
    const std::string text = url + fields;
    for (const std::string_view token : tokens) {
      genuine |= !token.empty() && signs(token, text, request.signature);
    }
  }
  return genuine;
}

}  // namespace messenger::twilio
