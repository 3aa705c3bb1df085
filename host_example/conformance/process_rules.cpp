// SPDX-License-Identifier: Apache-2.0
// The process is the host's.
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>

#include "conformance/process_state.hpp"
#include "conformance/rule.hpp"
#include "conformance/session.hpp"
#include "conformance/subject.hpp"

namespace messenger::host::conformance {

namespace {

void live(Subject& subject) {
  Session& session = open_session(subject);
  session.exchange_all();
  session.end();
}

Finding untouched(Subject& subject) {
  const ProcessState before = ProcessState::now();
  live(subject);
  const std::string difference = before.difference(ProcessState::now());
  return difference.empty() ? Finding{} : failed("it changed " + difference);
}

Finding writes_nothing(Subject& subject) {
  const int sink = memfd_create("output", MFD_CLOEXEC);
  dup2(sink, STDOUT_FILENO);
  dup2(sink, STDERR_FILENO);
  live(subject);
  static_cast<void>(std::fflush(nullptr));
  struct stat status {};
  fstat(sink, &status);
  return status.st_size == 0 ? Finding{} : failed("it wrote to standard output or standard error");
}

constexpr auto each = Rule::Scope::type;
constexpr std::array rules{
    Rule{"process.untouched",
         each,
         "Working directory, environment, locale, umask, signal handlers and mask stay as they are.",
         {"destroy.throws-nothing", "send.completes-by-deadline"},
         untouched},
    Rule{"process.writes-nothing",
         each,
         "Standard output and standard error are the host's.",
         {"destroy.throws-nothing", "send.completes-by-deadline"},
         writes_nothing},
};

}  // namespace

std::span<const Rule> process_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
