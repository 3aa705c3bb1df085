// SPDX-License-Identifier: Apache-2.0
#include "conformance/memory.hpp"

#include <signal.h>
#include <sys/mman.h>

#include <atomic>
#include <new>
#include <string>

#include "conformance/finding_line.hpp"
#include "conformance/trial.hpp"

namespace messenger::host::conformance {

namespace {

constexpr std::size_t page = 4'096;
constexpr std::size_t region_size = std::size_t{256} * 1024 * 1024;  // of address space

char* region() {
  static char* const start = [] {
    void* const mapped = mmap(nullptr, region_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED) {
      throw std::bad_alloc();
    }
    return static_cast<char*>(mapped);
  }();
  return start;
}

std::atomic<std::size_t>& used() {
  static std::atomic<std::size_t> bytes{0};
  return bytes;
}

std::string& last_words() {
  static std::string line;
  return line;
}

void on_fault(int signal, siginfo_t* info, void*) {
  const char* const address = static_cast<const char*>(info->si_addr);
  if (address >= region() && address < region() + region_size) {
    finish_child(last_words());
  }
  static_cast<void>(::signal(signal, SIG_DFL));  // returning does it again, and then it counts
}

}  // namespace

msgr_str Memory::text(std::string_view text) {
  if (text.data() == nullptr) {
    return {nullptr, 0};
  }
  return {copy(text.data(), text.size()), text.size()};
}

void* Memory::allocate(std::size_t size) {
  if (guard_ != Guard::none) {
    return allocate_guarded(size);
  }
  plain_.push_back(std::make_unique<char[]>(size + 1));
  return plain_.back().get();
}

void* Memory::allocate_guarded(std::size_t size) {
  const std::size_t wanted = guard_ == Guard::ends ? size : size + 1;
  const std::size_t room = (wanted + page - 1) / page * page;
  const std::size_t offset = used().fetch_add(room + page);
  if (offset + room + page > region_size) {
    throw std::bad_alloc();
  }
  char* const start = region() + offset;
  if (room != 0 && mprotect(start, room, PROT_READ | PROT_WRITE) != 0) {
    throw std::bad_alloc();
  }
  pieces_.push_back({start, room});
  return guard_ == Guard::ends ? start + room - size : start;
}

void Memory::close() noexcept {
  if (guard_ != Guard::time) {
    return;
  }
  for (const Piece& piece : pieces_) {
    mprotect(piece.at, piece.size, PROT_NONE);
  }
}

void watch_guarded_memory(std::string_view text) {
  last_words() = write_finding(failed(std::string(text)));
  region();  // before the handler asks for it
  struct sigaction action {};
  action.sa_sigaction = &on_fault;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGSEGV, &action, nullptr);
}

}  // namespace messenger::host::conformance
