// SPDX-License-Identifier: Apache-2.0
// Linux names the running executable by a link in /proc.
#include <messenger/loader/plugin_file.hpp>
#include <system_error>

namespace messenger::loader {

namespace fs = std::filesystem;

fs::path default_plugin_directory() {
  std::error_code error;
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  if (error) return "plugins";
  const fs::path root = executable.parent_path().parent_path();
  fs::path built = root / "plugins";
  if (fs::is_directory(built, error)) return built;
  // Debian's multiarch directory when configured so, else plain lib.
  const fs::path installed = (executable.parent_path() / MESSENGER_LIBDIR_FROM_BIN).lexically_normal();
  const fs::path below = fs::path("messenger") / "plugins";
  if (fs::is_directory(installed / below, error)) return installed / below;
  return root / "lib" / below;
}

}  // namespace messenger::loader
