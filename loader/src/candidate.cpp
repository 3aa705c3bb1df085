// SPDX-License-Identifier: Apache-2.0
#include "candidate.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>

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

// Whether the name is `something.so`; path::extension would take the name into parts for each file.
bool is_shared_object(const fs::path& path) {
  constexpr std::string_view suffix = ".so";
  const std::string_view name = std::string_view(path.native()).substr(path.native().rfind('/') + 1);
  return name.size() > suffix.size() && name.ends_with(suffix);
}

// Where the candidate leads. A directory's own way is `real_directory`, so that only links have to be followed.
std::string resolve(Candidate& candidate, const fs::directory_entry& entry, const fs::path& real_directory) {
  std::error_code error;
  if (!real_directory.empty() && entry.is_regular_file(error) && !entry.is_symlink(error)) {
    candidate.real = real_directory / candidate.path.filename();
    return {};
  }
  candidate.real = fs::canonical(candidate.path, error);
  return error ? "cannot be read: " + error.message() : std::string{};
}

// Directories that were found to be fine a moment ago.
using Trusted = std::vector<fs::path>;

std::string find_trust_problem(Candidate& candidate, Trusted& trusted) {
  struct stat status {};
  // Of a link both directories count: whoever may write to either decides what is loaded.
  for (const fs::path& directory : {candidate.path.parent_path(), candidate.real.parent_path()}) {
    const auto is_it = [&](const fs::path& other) { return other.native() == directory.native(); };
    if (std::any_of(trusted.begin(), trusted.end(), is_it)) continue;
    std::string problem = trust_problem(directory.empty() ? "." : directory, "its directory", status);
    if (!problem.empty()) return problem;
    trusted.push_back(directory);
  }
  if (std::string problem = trust_problem(candidate.real, "the file", status); !problem.empty()) return problem;
  if (!S_ISREG(status.st_mode)) return "not a regular file";
  candidate.device = status.st_dev;
  candidate.inode = status.st_ino;
  return {};
}

}  // namespace

std::string find_trust_problem(Candidate& candidate) {
  std::string problem = resolve(candidate, fs::directory_entry(), {});
  Trusted none;
  return problem.empty() ? find_trust_problem(candidate, none) : problem;
}

std::vector<Candidate> find_candidates(const fs::path& directory, std::string& problem) {
  std::vector<Candidate> found;
  std::error_code error;
  std::error_code ignored;
  const fs::path real_directory = fs::canonical(directory, ignored);
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    if (!is_shared_object(at->path()) || (!at->is_symlink(ignored) && at->is_directory(ignored))) continue;
    Candidate candidate{.path = at->path(), .real = {}, .problem = {}};
    candidate.problem = resolve(candidate, *at, real_directory);
    found.push_back(std::move(candidate));
  }
  if (error) problem = "the directory cannot be read: " + error.message();
  std::sort(found.begin(), found.end(),
            [](const Candidate& a, const Candidate& b) { return a.path.native() < b.path.native(); });
  Trusted trusted;
  for (Candidate& candidate : found) {
    if (candidate.problem.empty()) candidate.problem = find_trust_problem(candidate, trusted);
    if (candidate.problem.empty()) candidate.problem = find_elf_problem(candidate.real).text;
  }
  return found;
}

}  // namespace messenger::loader
