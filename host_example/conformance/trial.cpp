// SPDX-License-Identifier: Apache-2.0
#include "conformance/trial.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <stdexcept>

#include "conformance/assignment.hpp"
#include "conformance/finding_line.hpp"
#include "conformance/subject.hpp"

namespace messenger::host::conformance {

namespace {

Finding run(const Rule& rule, Subject& subject) {
  try {
    return rule.run(subject);
  } catch (const NotTried& reason) {
    return skipped(reason.what());
  } catch (const std::exception& error) {
    return failed(std::string("an exception came out: ") + error.what());
  } catch (...) {
    return failed("an exception came out");
  }
}

}  // namespace

void finish_child(std::string_view line) noexcept {
  while (!line.empty()) {
    const ssize_t written = ::write(finding_descriptor, line.data(), line.size());
    if (written < 0 && errno != EINTR && errno != EAGAIN) {
      break;
    }
    line.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
  }
  _exit(0);
}

void carry_out(const Assignment& assignment) {
  const Rule* const rule = find_rule(assignment.rule);
  if (rule == nullptr) {
    throw std::invalid_argument("There is no rule " + assignment.rule);
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  // Never destroyed: the plugin may be using it until the process ends.
  Subject& subject = *new Subject(assignment);
  finish_child(write_finding(run(*rule, subject)));
}

}  // namespace messenger::host::conformance
