// SPDX-License-Identifier: Apache-2.0
#include "candidate.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <system_error>

#include "elf_check.hpp"
#include "open_file.hpp"

namespace messenger::loader {
namespace {

namespace fs = std::filesystem;

// Everybody on the machine could put code into the host through such a file or directory; a sticky bit does not keep
// them from adding a file.
std::string writable_problem(const struct stat& status, const char* what, const std::string& path) {
  if ((status.st_mode & S_IWOTH) == 0) return {};
  return std::string(what) + " " + path + " is writable by everybody (mode o+w)";
}

std::string find_directory_problem(const fs::path& directory) {
  struct stat status {};
  if (::stat(directory.empty() ? "." : directory.c_str(), &status) != 0) return cannot_be_read(errno);
  return writable_problem(status, "its directory", directory.empty() ? "." : directory.native());
}

// Sets `device` and `inode`.
std::string file_problem(Candidate& candidate, const struct stat& status) {
  if (std::string problem = writable_problem(status, "the file", candidate.real); !problem.empty()) return problem;
  if (!S_ISREG(status.st_mode)) return "not a regular file";
  candidate.device = status.st_dev;
  candidate.inode = status.st_ino;
  return {};
}

// Whether the name is `something.so`; path::extension would take the name into parts for each file.
bool is_shared_object(std::string_view path) {
  constexpr std::string_view suffix = ".so";
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.size() > suffix.size() && name.ends_with(suffix);
}

// A plain file: where it stands is known, and has been judged.
void look_at_file(Candidate& candidate, const std::string& real_directory, const std::string& directory_problem) {
  candidate.real = real_directory;
  if (!candidate.real.ends_with('/')) candidate.real += '/';
  candidate.real.append(candidate.path, candidate.path.rfind('/') + 1);
  candidate.problem = directory_problem;
  if (!candidate.problem.empty()) return;
  const OpenFile file(candidate.real.c_str());
  if (file.error() == 0) candidate.problem = file_problem(candidate, file.status());
  if (candidate.problem.empty()) candidate.problem = find_elf_problem(file).text;
}

// A link; or no file at all, which is not even opened: opening a device may do something.
void look_at_other(Candidate& candidate) {
  candidate.problem = find_trust_problem(candidate);
  if (candidate.problem.empty()) candidate.problem = find_elf_problem(candidate.real).text;
}

}  // namespace

std::string find_trust_problem(Candidate& candidate) {
  std::error_code error;
  const fs::path real = fs::canonical(candidate.path, error);
  if (error) return cannot_be_read(error.value());
  candidate.real = real.native();
  // Of a link both directories count: whoever may write to either decides what is loaded.
  for (const fs::path& directory : {fs::path(candidate.path).parent_path(), real.parent_path()}) {
    if (std::string problem = find_directory_problem(directory); !problem.empty()) return problem;
  }
  struct stat status {};
  if (::stat(candidate.real.c_str(), &status) != 0) return cannot_be_read(errno);
  return file_problem(candidate, status);
}

std::vector<Candidate> find_candidates(const fs::path& directory, std::string& problem) {
  std::vector<Candidate> found;
  std::error_code error;
  std::error_code unknown;
  std::error_code ignored;
  const fs::path real_directory = fs::canonical(directory, unknown);
  const std::string of_directory = find_directory_problem(directory);
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    if (!is_shared_object(at->path().native())) continue;
    const bool is_link = at->is_symlink(ignored);
    if (!is_link && at->is_directory(ignored)) continue;
    Candidate& candidate = found.emplace_back(Candidate{.path = at->path().native(), .real = {}, .problem = {}});
    if (!unknown && !is_link && at->is_regular_file(ignored)) {
      look_at_file(candidate, real_directory.native(), of_directory);
    } else {
      look_at_other(candidate);
    }
  }
  if (error) problem = "the directory cannot be read: " + error.message();
  std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) { return a.path < b.path; });
  return found;
}

}  // namespace messenger::loader
