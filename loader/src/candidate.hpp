// SPDX-License-Identifier: Apache-2.0
// Which files may be plugins, and whether they can be trusted.
#ifndef MESSENGER_LOADER_SRC_CANDIDATE_HPP
#define MESSENGER_LOADER_SRC_CANDIDATE_HPP

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace messenger::loader {

/// A file found in a plugin directory, and the real file behind it. Paths are texts, because each copy of a
/// std::filesystem::path is a list of its parts.
struct Candidate {
  std::string path;
  std::string real;  ///< absolute, without links
  dev_t device = 0;
  ino_t inode = 0;
  std::string problem;  ///< why it is not to be opened; empty = none
};

/// Who could put code into the host through this candidate's file or directories; empty = nobody. Sets `real`, `device`
/// and `inode`.
std::string find_trust_problem(Candidate& candidate);

/// Every `*.so` of a directory that is not itself a directory, ordered by name. `problem` says why the directory cannot
/// be read.
std::vector<Candidate> find_candidates(const std::filesystem::path& directory, std::string& problem);

}  // namespace messenger::loader

#endif
