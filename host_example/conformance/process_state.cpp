// SPDX-License-Identifier: Apache-2.0
#include "conformance/process_state.hpp"

#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <set>

namespace messenger::host::conformance {

namespace {

std::string environment() {
  std::set<std::string> sorted;
  for (char** one = environ; one != nullptr && *one != nullptr; ++one) {
    sorted.insert(*one);
  }
  std::string all;
  for (const std::string& one : sorted) {
    all += one + '\0';
  }
  return all;
}

std::string handler(int signal) {
  struct sigaction action {};
  if (sigaction(signal, nullptr, &action) != 0) {
    return {};
  }
  return std::to_string(reinterpret_cast<std::uintptr_t>(action.sa_handler)) + ' ' + std::to_string(action.sa_flags);
}

std::string signal_mask() {
  sigset_t mask;
  pthread_sigmask(SIG_BLOCK, nullptr, &mask);
  std::string bits;
  for (int signal = 1; signal < NSIG; ++signal) {
    bits += sigismember(&mask, signal) == 1 ? '1' : '0';
  }
  return bits;
}

std::string file_mask() {
  const mode_t mask = umask(0);
  umask(mask);
  return std::to_string(mask);
}

}  // namespace

ProcessState ProcessState::now() {
  ProcessState state;
  std::error_code error;
  state.parts_["the working directory"] = std::filesystem::current_path(error).string();
  state.parts_["the environment"] = environment();
  state.parts_["the locale"] = setlocale(LC_ALL, nullptr);
  state.parts_["the thread's locale"] = std::to_string(reinterpret_cast<std::uintptr_t>(uselocale(nullptr)));
  state.parts_["the umask"] = file_mask();
  state.parts_["the signal mask"] = signal_mask();
  for (int signal = 1; signal < NSIG; ++signal) {
    state.parts_["the handling of signal " + std::to_string(signal)] = handler(signal);
  }
  return state;
}

std::string ProcessState::difference(const ProcessState& other) const {
  for (const auto& [name, value] : parts_) {
    if (other.parts_.at(name) != value) {
      return name;
    }
  }
  return {};
}

}  // namespace messenger::host::conformance
