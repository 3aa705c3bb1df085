// SPDX-License-Identifier: Apache-2.0
#include "runtime/uuid_text.hpp"

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <cctype>
#include <chrono>
#include <cstdint>

namespace messenger::host {

bool is_uuid(std::string_view text) noexcept {
  if (text.size() != 36) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0) {
      return false;
    }
  }
  return true;
}

std::string to_lower_uuid(std::string_view uuid) {
  std::string lower(uuid);
  for (char& character : lower) {
    character = character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
  }
  return lower;
}

std::string new_uuid() {
  return to_string(boost::uuids::random_generator()());
}

std::string new_ordered_uuid() {
  using namespace std::chrono;
  boost::uuids::uuid uuid = boost::uuids::random_generator()();
  auto time = static_cast<std::uint64_t>(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
  for (std::size_t i = 6; i-- != 0; time >>= 8U) {
    uuid.data[i] = static_cast<std::uint8_t>(time);
  }
  uuid.data[6] = static_cast<std::uint8_t>((uuid.data[6] & 0x0fU) | 0x70U);
  return to_string(uuid);
}

}  // namespace messenger::host
