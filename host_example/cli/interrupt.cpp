// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

namespace messenger::host::cli {

namespace {

sigset_t set_of(const std::vector<int>& signals) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : signals) {
    sigaddset(&set, signal);
  }
  return set;
}

}  // namespace

std::vector<int> stop_signals() {
  return {SIGINT, SIGTERM};
}

void block_signals(const std::vector<int>& signals) {
  const sigset_t set = set_of(signals);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Interrupt::Interrupt(const std::vector<int>& signals) : finished_(eventfd(0, EFD_CLOEXEC)) {
  const sigset_t set = set_of(signals);
  signals_ = signalfd(-1, &set, SFD_CLOEXEC);
  if (finished_ < 0 || signals_ < 0) {
    throw std::system_error(errno, std::system_category(), "eventfd or signalfd");
  }
}

Interrupt::~Interrupt() {
  ::close(finished_);
  ::close(signals_);
}

void Interrupt::finish() const noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(finished_, &one, sizeof one);
}

int Interrupt::wait() noexcept {
  std::array<pollfd, 2> wanted{{{finished_, POLLIN, 0}, {signals_, POLLIN, 0}}};
  while (poll(wanted.data(), wanted.size(), -1) < 0) {
  }
  if ((wanted[0].revents & POLLIN) != 0) {
    // Read, not only polled: what was done before finish() is then seen here.
    std::uint64_t count = 0;
    [[maybe_unused]] const auto read = ::read(finished_, &count, sizeof count);
    return 0;
  }
  signalfd_siginfo signal{};
  [[maybe_unused]] const auto taken = ::read(signals_, &signal, sizeof signal);
  return static_cast<int>(signal.ssi_signo);
}

}  // namespace messenger::host::cli
