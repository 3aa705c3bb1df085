// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace messenger::test {

inline const std::filesystem::path source_directory = MESSENGER_SOURCE_DIR;

inline std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) {
    throw std::runtime_error("cannot read " + path.string());
  }
  return text.str();
}

/// The files below a directory of the checkout that end in one of these.
inline std::vector<std::filesystem::path> files_below(const std::string& directory,
                                                      const std::vector<std::string>& extensions) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source_directory / directory)) {
    for (const auto& extension : extensions) {
      if (entry.is_regular_file() && entry.path().extension() == extension) {
        files.push_back(entry.path());
      }
    }
  }
  return files;
}

}  // namespace messenger::test
