// SPDX-License-Identifier: Apache-2.0
#include "elf_check.hpp"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>
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

// A file that is open for reading.
class File {
 public:
  explicit File(const std::filesystem::path& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  /// Its size; negative, with errno, when it cannot be read.
  std::int64_t size() const noexcept {
    struct stat status {};
    return descriptor_ < 0 || ::fstat(descriptor_, &status) != 0 ? -1 : std::int64_t{status.st_size};
  }
  /// How many bytes were read.
  std::size_t read(void* to, std::size_t count, std::uint64_t at) const noexcept {
    const ssize_t got = ::pread(descriptor_, to, count, static_cast<off_t>(at));
    return got < 0 ? 0 : static_cast<std::size_t>(got);
  }

 private:
  const int descriptor_;
};

// Pages mapped behind the end of a file kill the process on first touch.
bool is_whole(const File& file, const ElfW(Ehdr) & header, std::uint64_t size) {
  std::vector<ElfW(Phdr)> segments(header.e_phnum);
  const std::size_t bytes = segments.size() * sizeof(ElfW(Phdr));
  if (segments.empty() || header.e_phoff > size || bytes > size - header.e_phoff) return false;
  if (file.read(segments.data(), bytes, header.e_phoff) != bytes) return false;
  return std::none_of(segments.begin(), segments.end(), [size](const auto& segment) {
    return segment.p_type == PT_LOAD && (segment.p_offset > size || segment.p_filesz > size - segment.p_offset);
  });
}

}  // namespace

ElfProblem find_elf_problem(const std::filesystem::path& file) {
  const File in(file);
  const std::int64_t size = in.size();
  if (size < 0) return {ElfFlaw::unreadable, std::string("cannot be read: ") + std::strerror(errno)};
  ElfW(Ehdr) header{};
  const std::size_t got = in.read(&header, sizeof header, 0);
  if (got < SELFMAG || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
    return {ElfFlaw::no_elf, "not an ELF file"};
  }
  if (got != sizeof header) return {ElfFlaw::truncated, "truncated: it ends within the ELF header"};
  if (std::string problem = header_problem(header); !problem.empty()) {
    return {ElfFlaw::other_machine, std::move(problem)};
  }
  if (is_whole(in, header, static_cast<std::uint64_t>(size))) return {};
  return {ElfFlaw::truncated, "truncated: it is shorter than its ELF header says"};
}

}  // namespace messenger::loader
