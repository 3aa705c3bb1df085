// SPDX-License-Identifier: Apache-2.0
#include "conformance/exported_symbols.hpp"

#include <elf.h>
#include <link.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string_view>

namespace messenger::host::conformance {

namespace {

constexpr std::array<std::string_view, 5> linkers_own{"_init", "_fini", "__bss_start", "_edata", "_end"};

/// An ELF file in memory. Whatever is not within it reads as zeros.
class Image {
 public:
  explicit Image(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    bytes_ = text.str();
  }

  template <class T>
  [[nodiscard]] T at(std::size_t offset) const {
    T value{};
    if (offset <= bytes_.size() && sizeof(T) <= bytes_.size() - offset) {
      std::memcpy(&value, bytes_.data() + offset, sizeof(T));
    }
    return value;
  }

  [[nodiscard]] std::string text(std::size_t offset) const {
    if (offset >= bytes_.size()) {
      return {};
    }
    return bytes_.substr(offset, bytes_.find('\0', offset) - offset);
  }

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

 private:
  std::string bytes_;
};

bool is_exported(const ElfW(Sym) & symbol) {
  const auto binding = symbol.st_info >> 4U;
  const auto visibility = symbol.st_other & 3U;
  return symbol.st_shndx != SHN_UNDEF && binding != STB_LOCAL &&
         (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

std::vector<std::string> names(const Image& image, const ElfW(Shdr) & symbols, const ElfW(Shdr) & strings) {
  std::vector<std::string> names;
  const std::size_t size = std::min<std::size_t>(symbols.sh_size, image.size());
  for (std::size_t at = 0; at + sizeof(ElfW(Sym)) <= size; at += sizeof(ElfW(Sym))) {
    const auto symbol = image.at<ElfW(Sym)>(symbols.sh_offset + at);
    std::string name = image.text(strings.sh_offset + symbol.st_name);
    if (is_exported(symbol) && std::find(linkers_own.begin(), linkers_own.end(), name) == linkers_own.end()) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

}  // namespace

std::optional<std::vector<std::string>> exported_symbols(const std::filesystem::path& library) {
  const Image image(library);
  const auto header = image.at<ElfW(Ehdr)>(0);
  const auto section = [&](std::size_t index) {
    return image.at<ElfW(Shdr)>(header.e_shoff + index * sizeof(ElfW(Shdr)));
  };
  for (std::size_t index = 0; index != header.e_shnum; ++index) {
    const auto symbols = section(index);
    if (symbols.sh_type == SHT_DYNSYM) {
      return names(image, symbols, section(symbols.sh_link));
    }
  }
  return std::nullopt;
}

}  // namespace messenger::host::conformance
