// SPDX-License-Identifier: Apache-2.0
#include "delivery/encodings.hpp"

#include <sodium.h>

#include <boost/algorithm/string/replace.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <cctype>

namespace messenger::host {

namespace {

constexpr std::size_t shortest_in_base64 = 4;

std::string in_json(std::string_view text) {
  const std::string quoted = boost::json::serialize(boost::json::string(text));
  return quoted.substr(1, quoted.size() - 2);
}

std::string in_url(std::string_view text, std::string_view digits, std::string_view space) {
  std::string encoded;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (std::isalnum(byte) != 0 || std::string_view("-._~").find(character) != std::string_view::npos) {
      encoded += character;
    } else if (character == ' ') {
      encoded += space;
    } else {
      encoded += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return encoded;
}

std::string in_base64(const std::string& text, int variant) {
  std::string encoded(sodium_base64_encoded_len(text.size(), variant), '\0');
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  ::sodium_bin2base64(encoded.data(), encoded.size(), bytes, text.size(), variant);
  encoded.pop_back();
  return encoded;
}

}  // namespace

std::vector<std::string> encodings_of(std::string_view text) {
  const std::string json = in_json(text);
  std::vector<std::string> all{std::string(text), json, boost::replace_all_copy(json, "/", "\\/")};
  for (const char* digits : {"0123456789ABCDEF", "0123456789abcdef"}) {
    for (const char* space : {"+", "%20"}) {
      all.push_back(in_url(text, digits, space));
    }
  }
  return all;
}

// Three bytes are four characters, so the text can stand in three ways; what it shares a character with is left out.
std::vector<std::string> base64_traces_of(std::string_view text) {
  std::vector<std::string> traces;
  if (text.size() < shortest_in_base64) {
    return traces;
  }
  for (const int variant : {sodium_base64_VARIANT_ORIGINAL_NO_PADDING, sodium_base64_VARIANT_URLSAFE_NO_PADDING}) {
    for (std::size_t before = 0; before < 3; ++before) {
      const std::string encoded = in_base64(std::string(before, '\0').append(text), variant);
      const std::size_t first = (before * 8 + 5) / 6, end = (before + text.size()) * 8 / 6;
      traces.push_back(encoded.substr(first, end - first));
    }
  }
  return traces;
}

}  // namespace messenger::host
