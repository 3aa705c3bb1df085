// SPDX-License-Identifier: Apache-2.0
#include "candidate.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "elf_check.hpp"

namespace messenger::loader {
namespace {

namespace fs = std::filesystem;

// Everybody on the machine could put code into the host through such a file or directory; a sticky bit does not keep
// them from adding a file.
std::string trust_problem(const fs::path& path, const char* what, struct stat& status) {
  if (::stat(path.c_str(), &status) != 0) return std::string("cannot be read: ") + std::strerror(errno);
  if ((status.st_mode & S_IWOTH) == 0) return {};
  return std::string(what) + " " + path.string() + " is writable by everybody (mode o+w)";
}

}  // namespace

std::string find_trust_problem(Candidate& candidate) {
  std::error_code error;
  candidate.real = fs::canonical(candidate.path, error);
  if (error) return "cannot be read: " + error.message();
  struct stat status {};
  // Of a link both directories count: whoever may write to either decides what is loaded.
  for (const fs::path& directory : {candidate.path.parent_path(), candidate.real.parent_path()}) {
    std::string problem = trust_problem(directory.empty() ? "." : directory, "its directory", status);
    if (!problem.empty()) return problem;
  }
  if (std::string problem = trust_problem(candidate.real, "the file", status); !problem.empty()) return problem;
  if (!S_ISREG(status.st_mode)) return "not a regular file";
  candidate.device = status.st_dev;
  candidate.inode = status.st_ino;
  return {};
}

std::vector<Candidate> find_candidates(const fs::path& directory, std::string& problem) {
  std::vector<Candidate> found;
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (at->path().extension() != ".so" || fs::symlink_status(at->path(), ignored).type() == fs::file_type::directory) {
      continue;
    }
    found.push_back({.path = at->path(), .real = {}, .problem = {}});
  }
  if (error) problem = "the directory cannot be read: " + error.message();
  std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) { return a.path < b.path; });
  for (Candidate& candidate : found) {
    candidate.problem = find_trust_problem(candidate);
    if (candidate.problem.empty()) candidate.problem = find_elf_problem(candidate.real).text;
  }
  return found;
}

}  // namespace messenger::loader
