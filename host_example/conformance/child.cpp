// SPDX-License-Identifier: Apache-2.0
#include "conformance/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "conformance/finding_line.hpp"
#include "conformance/trial.hpp"

namespace messenger::host::conformance {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t longest_line = std::size_t{1024} * 1024;

[[noreturn]] void fail(int error, const char* what) {
  throw std::system_error(error, std::system_category(), what);
}

/// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  [[nodiscard]] int get() const { return number_; }
  void close() {
    if (number_ >= 0) {
      ::close(number_);
    }
    number_ = -1;
  }

 private:
  int number_;
};

/// What a child is born with: nobody's input and output, and the pipe for its finding.
class Actions {
 public:
  Actions(int finding, bool show_errors) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0);
    if (!show_errors) {
      posix_spawn_file_actions_addopen(&actions_, 2, "/dev/null", O_WRONLY, 0);
    }
    posix_spawn_file_actions_adddup2(&actions_, finding, finding_descriptor);
  }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
  ~Actions() { posix_spawn_file_actions_destroy(&actions_); }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

pid_t spawn(const ChildOptions& options, int finding) {
  std::vector<char*> arguments;
  for (const std::string& argument : options.arguments) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  const Actions actions(finding, options.show_errors);
  pid_t child = -1;
  const int error = posix_spawn(&child, "/proc/self/exe", actions.get(), nullptr, arguments.data(), environ);
  if (error != 0) {
    fail(error, "posix_spawn");
  }
  return child;
}

void read_available(int pipe, std::string& text) {
  std::array<char, 4'096> chunk{};
  ssize_t got = 0;
  while ((got = ::read(pipe, chunk.data(), chunk.size())) > 0 && text.size() < longest_line) {
    text.append(chunk.data(), static_cast<std::size_t>(got));
  }
}

// False when the child still runs. The pipe alone would not tell: whatever the plugin started may hold it open.
bool wait_for_end(int process, int pipe, Clock::time_point end, std::string& text) {
  std::array<pollfd, 2> wanted{{{process, POLLIN, 0}, {pipe, POLLIN, 0}}};
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) {
      return false;
    }
    poll(wanted.data(), wanted.size(), static_cast<int>(left));
    read_available(pipe, text);
    if ((wanted[1].revents & POLLHUP) != 0) {
      wanted[1].fd = -1;
    }
    if ((wanted[0].revents & POLLIN) != 0) {
      return true;
    }
  }
}

std::string seconds(std::chrono::milliseconds time) {
  const std::string text = std::to_string(std::chrono::duration<double>(time).count());
  return text.substr(0, text.find('.') + 2) + " s";
}

std::string describe_end(const siginfo_t& end) {
  if (end.si_code == CLD_EXITED) {
    return "the process was ended with status " + std::to_string(end.si_status);
  }
  const char* const name = sigabbrev_np(end.si_status);
  return "the process was ended by " +
         (name == nullptr ? "signal " + std::to_string(end.si_status) : "SIG" + std::string(name));
}

siginfo_t reap(pid_t child) {
  siginfo_t end{};
  while (waitid(P_PID, static_cast<id_t>(child), &end, WEXITED) != 0 && errno == EINTR) {
  }
  return end;
}

}  // namespace

Finding run_child(const ChildOptions& options) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
    fail(errno, "pipe");
  }
  const Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  const auto end = Clock::now() + options.limit;
  const pid_t child = spawn(options, writing.get());
  writing.close();
  const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
  std::string text;
  const bool ended = process.get() >= 0 && wait_for_end(process.get(), reading.get(), end, text);
  if (!ended) {
    kill(child, SIGKILL);
  }
  const siginfo_t how = reap(child);
  if (process.get() < 0) {
    fail(ENOSYS, "pidfd_open");
  }
  if (auto finding = read_finding(text)) {
    return std::move(*finding);
  }
  return failed(ended ? describe_end(how) : "it did not come to an end within " + seconds(options.limit));
}

}  // namespace messenger::host::conformance
