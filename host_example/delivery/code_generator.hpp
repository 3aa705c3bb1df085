// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <messenger/secret.hpp>
#include <string>

namespace messenger::host {

/// FusionAuth's generators.
enum class CodeType {
  random_digits,         ///< 0–9
  random_alpha,          ///< A–Z without I and O, which people take for digits
  random_alpha_numeric,  ///< those and 2–9
  random_bytes           ///< bytes, as base64url text without padding
};

struct CodeForm {
  CodeType type = CodeType::random_digits;
  std::size_t length = 6;  ///< characters; of random_bytes, bytes
};

/// A code from the system's secure generator, every one as likely as any other. [any thread]
std::string new_code(const CodeForm& form);
/// The same, wiped when it goes.
Secret new_secret_code(const CodeForm& form);

/// 256 random bits as base64url: a name that nobody can guess. [any thread]
std::string new_secret_id();

}  // namespace messenger::host
