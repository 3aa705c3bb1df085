// SPDX-License-Identifier: Apache-2.0
#include "store/row_groups.hpp"

namespace messenger::host {

std::string placeholders(std::size_t rows, std::size_t columns) {
  std::string text;
  for (std::size_t row = 0; row != rows; ++row) {
    text += row == 0 ? "(" : ", (";
    for (std::size_t column = 0; column != columns; ++column) {
      text.append(column == 0 ? ":p" : ", :p").append(std::to_string(row * columns + column));
    }
    text += ")";
  }
  return text;
}

std::string numbered(std::size_t rows, std::string_view pattern) {
  std::string list;
  for (std::size_t row = 0; row != rows; ++row) {
    list += row == 0 ? "" : ", ";
    for (const char character : pattern) {
      character == '#' ? list += std::to_string(row) : list += character;
    }
  }
  return list;
}

std::map<ProviderKey, ProviderKey> by_kept_key(const Connection& connection, std::span<const ProviderKey> keys) {
  std::map<ProviderKey, ProviderKey> all;
  for (const ProviderKey& key : keys) {
    ProviderKey kept;
    connection.store(kept.messenger_id, key.messenger_id);
    connection.store(kept.provider_id, key.provider_id);
    all.emplace(std::move(kept), key);
  }
  return all;
}

}  // namespace messenger::host
