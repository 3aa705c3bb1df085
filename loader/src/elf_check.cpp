// SPDX-License-Identifier: Apache-2.0
#include "elf_check.hpp"

#include <elf.h>
#include <link.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

namespace messenger::loader {
namespace {

#if defined(__x86_64__)
constexpr int own_machine = EM_X86_64;
#elif defined(__i386__)
constexpr int own_machine = EM_386;
#elif defined(__aarch64__)
constexpr int own_machine = EM_AARCH64;
#elif defined(__arm__)
constexpr int own_machine = EM_ARM;
#elif defined(__riscv)
constexpr int own_machine = EM_RISCV;
#elif defined(__powerpc64__)
constexpr int own_machine = EM_PPC64;
#elif defined(__s390x__)
constexpr int own_machine = EM_S390;
#else
constexpr int own_machine = EM_NONE;  // not checked here; dlopen will
#endif

constexpr int own_class = sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32;
constexpr int own_order = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;

std::string header_problem(const ElfW(Ehdr) & header) {
  if (header.e_ident[EI_CLASS] != own_class) return "built for another word size (ELF class)";
  if (header.e_ident[EI_DATA] != own_order) return "built for another byte order";
  if (own_machine != EM_NONE && header.e_machine != own_machine) {
    return "built for another machine (ELF machine " + std::to_string(header.e_machine) + ", this is " +
           std::to_string(own_machine) + ")";
  }
  if (header.e_type != ET_DYN) return "an ELF file, but not a shared library";
  if (header.e_phentsize != sizeof(ElfW(Phdr))) return "malformed ELF header";
  return {};
}

// What a file begins with: mostly the table of segments, too, so that it is read at once.
struct Head {
  std::array<std::byte, 1'024> bytes;
  std::size_t size;
};

bool read_segments(const OpenFile& file, const Head& head, const ElfW(Ehdr) & header, std::span<ElfW(Phdr)> segments) {
  const std::size_t bytes = segments.size_bytes();
  if (header.e_phoff <= head.size && bytes <= head.size - header.e_phoff) {
    std::memcpy(segments.data(), &head.bytes[header.e_phoff], bytes);
    return true;
  }
  return file.read(segments.data(), bytes, header.e_phoff) == bytes;
}

// Pages mapped behind the end of a file kill the process on first touch.
bool is_whole(const OpenFile& file, const Head& head, const ElfW(Ehdr) & header) {
  const auto size = static_cast<std::uint64_t>(file.status().st_size);
  std::vector<ElfW(Phdr)> segments(header.e_phnum);
  const std::size_t bytes = segments.size() * sizeof(ElfW(Phdr));
  if (segments.empty() || header.e_phoff > size || bytes > size - header.e_phoff) return false;
  if (!read_segments(file, head, header, segments)) return false;
  return std::none_of(segments.begin(), segments.end(), [size](const auto& segment) {
    return segment.p_type == PT_LOAD && (segment.p_offset > size || segment.p_filesz > size - segment.p_offset);
  });
}

}  // namespace

ElfProblem find_elf_problem(const OpenFile& file) {
  if (file.error() != 0) return {ElfFlaw::unreadable, cannot_be_read(file.error())};
  Head head;
  head.size = file.read(head.bytes.data(), head.bytes.size(), 0);
  ElfW(Ehdr) header{};
  const std::size_t got = std::min(head.size, sizeof header);
  std::memcpy(&header, head.bytes.data(), got);
  if (got < SELFMAG || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
    return {ElfFlaw::no_elf, "not an ELF file"};
  }
  if (got != sizeof header) return {ElfFlaw::truncated, "truncated: it ends within the ELF header"};
  if (std::string problem = header_problem(header); !problem.empty()) {
    return {ElfFlaw::other_machine, std::move(problem)};
  }
  if (is_whole(file, head, header)) return {};
  return {ElfFlaw::truncated, "truncated: it is shorter than its ELF header says"};
}

ElfProblem find_elf_problem(const std::string& path) {
  return find_elf_problem(OpenFile(path.c_str()));
}

}  // namespace messenger::loader
