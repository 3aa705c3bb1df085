// SPDX-License-Identifier: Apache-2.0
#include "library.hpp"

#include <boost/dll/shared_library.hpp>
#include <exception>
#include <mutex>
#include <vector>

namespace messenger::loader {
namespace {

constexpr int known_majors = 10;

std::string entry_name(int major) {
  return "msgr_plugin_v" + std::to_string(major);
}

// Kept in memory that is never freed, so that no static destructor unloads them at exit.
void keep(boost::dll::shared_library library) {
  static auto* const mutex = new std::mutex;
  static auto* const libraries = new std::vector<boost::dll::shared_library>;
  const std::lock_guard lock(*mutex);
  libraries->push_back(std::move(library));
}

LibraryProblem why_no_entry(const boost::dll::shared_library& library) {
  for (int major = 0; major != known_majors; ++major) {
    if (library.has(entry_name(major))) {
      return {LibraryFlaw::other_major,
              "built for ABI " + std::to_string(major) + ", this host has " + std::to_string(MSGR_ABI_MAJOR)};
    }
  }
  return {LibraryFlaw::no_entry, "not a messenger plugin: it does not export " + entry_name(MSGR_ABI_MAJOR)};
}

}  // namespace

PluginEntry open_library(const std::filesystem::path& file, LibraryProblem& problem) {
  namespace load_mode = boost::dll::load_mode;
  try {
    // The throwing overload: the other loses dlerror's text. Now, so that an unresolved symbol shows here and not in
    // the middle of a send.
    boost::dll::shared_library library(file, load_mode::rtld_now | load_mode::rtld_local);
    const std::string name = entry_name(MSGR_ABI_MAJOR);
    if (!library.has(name)) {
      problem = why_no_entry(library);
      return nullptr;
    }
    const auto entry = &library.get<const msgr_plugin*(std::uint32_t)>(name);
    keep(std::move(library));
    return entry;
  } catch (const std::exception& error) {
    problem = {LibraryFlaw::not_loaded, std::string("cannot be loaded: ") + error.what()};
  } catch (...) {
    problem = {LibraryFlaw::not_loaded, "cannot be loaded: it threw an exception while it was being loaded"};
  }
  return nullptr;
}

}  // namespace messenger::loader
