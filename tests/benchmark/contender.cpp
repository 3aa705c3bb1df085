// SPDX-License-Identifier: Apache-2.0
#include "contender.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include "pinning.hpp"

namespace messenger::benchmark {

namespace {

// One packet: 'f' and the figures, or 'e' and an error's text.
constexpr std::size_t longest_answer = 8'192;

void answer(int socket, char kind, const void* data, std::size_t size) {
  std::string packet(1, kind);
  packet.append(static_cast<const char*>(data), std::min(size, longest_answer - 1));
  ::send(socket, packet.data(), packet.size(), MSG_NOSIGNAL);
}

[[noreturn]] void serve(int socket, const std::function<Contender::Turn()>& make) {
  Contender::Turn turn;
  Run run{};
  while (::recv(socket, &run, sizeof run, 0) == static_cast<ssize_t>(sizeof run)) {
    try {
      turn = turn ? std::move(turn) : make();
      const auto figures = turn(run);
      answer(socket, 'f', figures.data(), figures.size() * sizeof(double));
    } catch (const std::exception& error) {
      answer(socket, 'e', error.what(), std::strlen(error.what()));
    }
  }
  _exit(0);
}

}  // namespace

Contender::Contender(int cpu, const std::function<Turn()>& make) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw std::system_error(errno, std::system_category(), "socketpair");
  }
  std::fflush(nullptr);
  child_ = fork();
  if (child_ < 0) {
    throw std::system_error(errno, std::system_category(), "fork");
  }
  if (child_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::close(ends[0]);
    if (cpu >= 0) {
      pin_to(cpu);
    }
    serve(ends[1], make);
  }
  ::close(ends[1]);
  socket_ = ends[0];
}

Contender::~Contender() {
  kill(child_, SIGKILL);
  waitpid(child_, nullptr, 0);
  ::close(socket_);
}

Contender::Figures Contender::run(const Run& run) {
  std::string packet(longest_answer, '\0');
  ::send(socket_, &run, sizeof run, MSG_NOSIGNAL);
  const ssize_t got = ::recv(socket_, packet.data(), packet.size(), 0);
  if (got < 1) {
    throw std::runtime_error("a contender's process has ended");
  }
  packet.resize(static_cast<std::size_t>(got));
  if (packet[0] != 'f') {
    throw std::runtime_error(packet.substr(1));
  }
  Figures figures((packet.size() - 1) / sizeof(double));
  std::memcpy(figures.data(), packet.data() + 1, figures.size() * sizeof(double));
  return figures;
}

}  // namespace messenger::benchmark
