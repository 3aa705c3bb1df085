// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstring>

namespace messenger::test {

/// A secret to look for. The program that holds it has it in clear only where it asks for it: the searcher would find
/// a literal in its own memory, and in the text of the program searched.
template <std::size_t Size>
class Canary {
 public:
  consteval explicit Canary(const char (&text)[Size]) {
    for (std::size_t i = 0; i < Size; ++i) {
      hidden_[i] = static_cast<char>(text[i] ^ key);
    }
  }

  /// The text, wiped when this goes.
  class Clear {
   public:
    explicit Clear(const std::array<char, Size>& hidden) {
      for (std::size_t i = 0; i < Size; ++i) {
        text_[i] = static_cast<char>(hidden[i] ^ key);
      }
    }
    Clear(const Clear&) = delete;
    Clear& operator=(const Clear&) = delete;
    ~Clear() { explicit_bzero(text_.data(), text_.size()); }
    const char* text() const { return text_.data(); }

   private:
    std::array<char, Size> text_{};
  };
  Clear clear() const { return Clear(hidden_); }

 private:
  static constexpr char key = 0x55;
  std::array<char, Size> hidden_{};
};

inline constexpr Canary canary_token("canary-token-8d1f");
inline constexpr Canary canary_password("canary-password-8d1f");
// Of the path that the HTTP service is asked for; no credential, but nothing else tells its copies apart.
inline constexpr Canary canary_target("89abcdef/Messages.json");
inline constexpr Canary canary_header("canary-header-8d1f");
// The same as an Authorization header has them.
inline constexpr Canary canary_token_encoded("jYW5hcnktdG9rZW4tOGQxZg==");
inline constexpr Canary canary_password_encoded("dXNlcjpjYW5hcnktcGFzc3dvcmQtOGQxZg==");
inline constexpr Canary canary_body("canary-body-8d1f");
inline constexpr Canary canary_code("canary-code-8d1f");

}  // namespace messenger::test
