// SPDX-License-Identifier: Apache-2.0
#include "store/base64.hpp"

#include <sodium.h>

namespace messenger::host {

namespace {

int variant_of(Base64 form) {
  switch (form) {
    case Base64::padded:
      return sodium_base64_VARIANT_ORIGINAL;
    case Base64::unpadded:
      return sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
    case Base64::url:
      break;
  }
  return sodium_base64_VARIANT_URLSAFE_NO_PADDING;
}

}  // namespace

std::string to_base64(std::string_view bytes, Base64 form) {
  const int variant = variant_of(form);
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  ::sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      variant);
  text.pop_back();  // its NUL
  return text;
}

std::string from_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  const bool good = ::sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                                        text.size(), " \t\r\n", &size, nullptr, sodium_base64_VARIANT_ORIGINAL) == 0;
  if (!good) {
    ::sodium_memzero(bytes.data(), bytes.size());
  }
  bytes.resize(good ? size : 0);
  return bytes;
}

}  // namespace messenger::host
