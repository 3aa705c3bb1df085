// SPDX-License-Identifier: Apache-2.0
#include "process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <system_error>

extern char** environ;

namespace messenger::test {

namespace {

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::system_category(), "pipe");
  }
  return ends;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (const std::string& text : texts) {
    list.push_back(const_cast<char*>(text.c_str()));
  }
  return list;
}

// Takes what there is; closes the descriptor at the end.
void take(int& descriptor, std::string& text) {
  std::array<char, 4'096> chunk{};
  const ssize_t got = ::read(descriptor, chunk.data(), chunk.size());
  if (got > 0) {
    text.append(chunk.data(), static_cast<std::size_t>(got));
  } else {
    ::close(descriptor);
    descriptor = -1;
  }
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
  const auto out = make_pipe();
  const auto err = make_pipe();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out[1], 1);
  posix_spawn_file_actions_adddup2(&actions, err[1], 2);
  auto argv = pointers(arguments);
  argv.push_back(nullptr);
  auto envp = pointers(environment);
  for (char** entry = environ; *entry != nullptr; ++entry) {
    envp.push_back(*entry);
  }
  envp.push_back(nullptr);
  const int error = posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(out[1]);
  ::close(err[1]);
  out_ = out[0];
  err_ = err[0];
  if (error != 0) {
    pid_ = -1;
    throw std::system_error(error, std::system_category(), arguments.front());
  }
}

Process::~Process() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  for (const int descriptor : {out_, err_}) {
    if (descriptor >= 0) {
      ::close(descriptor);
    }
  }
}

void Process::read_some() {
  std::array<pollfd, 2> wanted{{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};  // poll passes over -1
  poll(wanted.data(), wanted.size(), -1);
  if (wanted[0].revents != 0) {
    take(out_, out_text_);
  }
  if (wanted[1].revents != 0) {
    take(err_, err_text_);
  }
}

std::string Process::read_line() {
  while (out_ >= 0 && out_text_.find('\n') == std::string::npos) {
    read_some();
  }
  const auto end = out_text_.find('\n');
  if (end == std::string::npos) {
    throw std::runtime_error("no line: " + err_text_);
  }
  std::string line = out_text_.substr(0, end);
  out_text_.erase(0, end + 1);
  return line;
}

void Process::signal(int number) const {
  kill(pid_, number);
}

Finished Process::wait() {
  while (out_ >= 0 || err_ >= 0) {
    read_some();
  }
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, std::move(out_text_), std::move(err_text_)};
}

Finished run(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
  return Process(arguments, environment).wait();
}

}  // namespace messenger::test
