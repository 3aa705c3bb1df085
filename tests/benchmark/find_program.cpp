// SPDX-License-Identifier: Apache-2.0
#include "find_program.hpp"

#include <unistd.h>

#include <cstdlib>
#include <sstream>

namespace messenger::benchmark {

std::string find_program(const std::string& name) {
  const char* const path = std::getenv("PATH");
  std::istringstream directories(path != nullptr ? path : "");
  for (std::string directory; std::getline(directories, directory, ':');) {
    const std::string program = directory.append("/").append(name);
    if (::access(program.c_str(), X_OK) == 0) {
      return program;
    }
  }
  return "";
}

}  // namespace messenger::benchmark
