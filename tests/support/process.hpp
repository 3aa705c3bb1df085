// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace messenger::test {

/// What a program left behind.
struct Finished {
  int status = -1;  // exit status; -1 when a signal ended it
  std::string out, err;
};

/// A program started by a test. Its output is read while it runs.
class Process {
 public:
  /// Arguments from the program's path on. `environment` ("NAME=value") is added to this process's own.
  explicit Process(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {});
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  /// Kills it when it still runs.
  ~Process();

  /// The next line of its standard output, without the line's end.
  std::string read_line();
  void signal(int number) const;
  pid_t pid() const { return pid_; }
  /// Reads to the end and waits.
  Finished wait();

 private:
  void read_some();

  pid_t pid_ = -1;
  int out_ = -1, err_ = -1;
  std::string out_text_, err_text_;
};

/// Runs a program to its end.
Finished run(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {});

}  // namespace messenger::test
