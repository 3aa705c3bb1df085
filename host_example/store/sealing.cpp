// SPDX-License-Identifier: Apache-2.0
#include "store/sealing.hpp"

#include <array>

#include "store/base64.hpp"
#include "store/store_error.hpp"

namespace messenger::host {

namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(SecretKey::size == crypto_kdf_KEYBYTES);
static_assert(SecretKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

enum Subkey : std::uint64_t { sealing_key = 1, digesting_key = 2 };

SecretKey derive(const SecretKey& master, Subkey number) {
  SecretKey key;
  ::crypto_kdf_derive_from_key(key.data(), SecretKey::size, number, "msgrhost", master.data());
  return key;
}

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Sealing::Sealing(const SecretKey& master)
    : seal_key_(derive(master, sealing_key)), digest_key_(derive(master, digesting_key)) {}

std::string Sealing::seal(std::string_view place, std::string_view text) const {
  std::string sealed(nonce_size + text.size() + tag_size, '\0');
  auto* const nonce = reinterpret_cast<unsigned char*>(sealed.data());
  ::randombytes_buf(nonce, nonce_size);
  ::crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_size, nullptr, bytes(text), text.size(), bytes(place),
                                               place.size(), nullptr, nonce, seal_key_.data());
  return to_public_base64(sealed);
}

std::string Sealing::open(std::string_view place, std::string_view sealed) const {
  const std::string binary = from_public_base64(sealed);
  if (binary.size() >= nonce_size + tag_size) {
    std::string text(binary.size() - nonce_size - tag_size, '\0');
    if (::crypto_aead_xchacha20poly1305_ietf_decrypt(
            reinterpret_cast<unsigned char*>(text.data()), nullptr, nullptr, bytes(binary) + nonce_size,
            binary.size() - nonce_size, bytes(place), place.size(), bytes(binary), seal_key_.data()) == 0) {
      return text;
    }
  }
  throw StoreError("What the database holds does not open: it was changed, or moved from another row.");
}

std::string Sealing::digest(std::string_view purpose, std::string_view text) const {
  crypto_generichash_state state;
  std::array<unsigned char, crypto_generichash_BYTES> digest{};
  ::crypto_generichash_init(&state, digest_key_.data(), SecretKey::size, digest.size());
  ::crypto_generichash_update(&state, bytes(purpose), purpose.size());
  ::crypto_generichash_update(&state, bytes(std::string_view("\0", 1)), 1);  // where the purpose ends
  ::crypto_generichash_update(&state, bytes(text), text.size());
  ::crypto_generichash_final(&state, digest.data(), digest.size());
  ::sodium_memzero(&state, sizeof state);
  std::array<char, 2 * crypto_generichash_BYTES + 1> hex{};
  ::sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return hex.data();
}

}  // namespace messenger::host
