// SPDX-License-Identifier: Apache-2.0
#include "elf_check.hpp"

#include <elf.h>
#include <link.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
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

// Pages mapped behind the end of a file kill the process on first touch.
bool is_whole(std::ifstream& file, const ElfW(Ehdr) & header, std::uint64_t size) {
  std::vector<ElfW(Phdr)> segments(header.e_phnum);
  const std::size_t bytes = segments.size() * sizeof(ElfW(Phdr));
  if (segments.empty() || header.e_phoff > size || bytes > size - header.e_phoff) return false;
  file.seekg(static_cast<std::streamoff>(header.e_phoff));
  file.read(reinterpret_cast<char*>(segments.data()), static_cast<std::streamsize>(bytes));
  if (!file) return false;
  return std::none_of(segments.begin(), segments.end(), [size](const auto& segment) {
    return segment.p_type == PT_LOAD && (segment.p_offset > size || segment.p_filesz > size - segment.p_offset);
  });
}

}  // namespace

ElfProblem find_elf_problem(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return {ElfFlaw::unreadable, std::string("cannot be read: ") + std::strerror(errno)};
  in.seekg(0, std::ios::end);
  const auto size = static_cast<std::uint64_t>(in.tellg());
  in.seekg(0);
  ElfW(Ehdr) header{};
  in.read(reinterpret_cast<char*>(&header), sizeof header);
  if (in.gcount() < SELFMAG || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
    return {ElfFlaw::no_elf, "not an ELF file"};
  }
  if (!in) return {ElfFlaw::truncated, "truncated: it ends within the ELF header"};
  if (std::string problem = header_problem(header); !problem.empty()) {
    return {ElfFlaw::other_machine, std::move(problem)};
  }
  if (is_whole(in, header, size)) return {};
  return {ElfFlaw::truncated, "truncated: it is shorter than its ELF header says"};
}

}  // namespace messenger::loader
