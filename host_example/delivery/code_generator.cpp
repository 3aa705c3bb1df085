// SPDX-License-Identifier: Apache-2.0
#include "delivery/code_generator.hpp"

#include <sodium.h>

#include <stdexcept>
#include <string_view>

#include "store/base64.hpp"

namespace messenger::host {

namespace {

// May be called again, from any thread.
void start_sodium() {
  if (sodium_init() < 0) {
    throw std::runtime_error("The system's secure generator cannot be used.");
  }
}

// By rejection: a remainder of a random number would favour the first characters.
std::string random_characters(std::string_view alphabet, std::size_t length) {
  start_sodium();
  std::string text;
  while (text.size() < length) {
    text += alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
  }
  return text;
}

std::string random_base64(std::size_t length) {
  start_sodium();
  std::string bytes(length, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  std::string text = to_base64(bytes, Base64::url);
  sodium_memzero(bytes.data(), bytes.size());
  return text;
}

}  // namespace

std::string new_code(const CodeForm& form) {
  switch (form.type) {
    case CodeType::random_digits:
      return random_characters("0123456789", form.length);
    case CodeType::random_alpha:
      return random_characters("ABCDEFGHJKLMNPQRSTUVWXYZ", form.length);
    case CodeType::random_alpha_numeric:
      return random_characters("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", form.length);
    case CodeType::random_bytes:
      break;
  }
  return random_base64(form.length);
}

Secret new_secret_code(const CodeForm& form) {
  std::string text = new_code(form);
  Secret code(text);
  wipe(text);
  return code;
}

std::string new_secret_id() {
  return random_base64(32);
}

}  // namespace messenger::host
