// SPDX-License-Identifier: Apache-2.0
#include "catalog.hpp"

#include <algorithm>
#include <utility>

#include "library.hpp"

namespace messenger::loader {
namespace {

std::vector<std::string> names_of(const PluginTypes& types) {
  std::vector<std::string> names;
  for (const auto& type : types) names.push_back(type->info.type);
  return names;
}

}  // namespace

void Catalog::load(const std::filesystem::path& directory, std::vector<PluginFile>& files) {
  std::string problem;
  std::vector<Candidate> candidates = find_candidates(directory, problem);
  for (Candidate& candidate : candidates) files.push_back(load_file(std::move(candidate)));
  if (!problem.empty()) files.push_back({.path = directory, .loaded = false, .reason = problem, .types = {}});
}

PluginFile Catalog::load_file(Candidate candidate) {
  PluginFile file{.path = candidate.path, .loaded = false, .reason = std::move(candidate.problem), .types = {}};
  if (!file.reason.empty() || is_loaded(candidate, file)) return file;
  LibraryProblem problem;
  const std::filesystem::path real(std::move(candidate.real));
  const PluginEntry entry = open_library(real, problem);
  if (entry == nullptr) {
    file.reason = std::move(problem.text);
    return file;
  }
  PluginTypes types = read_types(entry, real, services_, file.reason);
  if (!types.empty() && file.reason.empty()) add(candidate, std::move(types), file);
  return file;
}

bool Catalog::is_loaded(const Candidate& candidate, PluginFile& file) const {
  const std::lock_guard lock(mutex_);
  const auto same = std::find_if(loaded_.begin(), loaded_.end(), [&](const Loaded& other) {
    return other.device == candidate.device && other.inode == candidate.inode;
  });
  if (same == loaded_.end()) return false;
  file.loaded = true;
  file.types = names_of(same->types);
  if (same->path != candidate.path) file.reason = "the same file as " + same->path;
  return true;
}

void Catalog::add(const Candidate& candidate, PluginTypes types, PluginFile& file) {
  const std::lock_guard lock(mutex_);
  for (const auto& type : types) {
    const auto other = types_.find(type->info.type);
    if (other == types_.end()) continue;
    file.reason = "the type " + type->info.type + " is already registered by " + other->second->info.path.string();
    return;
  }
  for (const auto& type : types) types_.emplace(type->info.type, type);
  file.types = names_of(types);
  file.loaded = true;
  loaded_.push_back({candidate.device, candidate.inode, candidate.path, std::move(types)});
}

std::shared_ptr<const PluginType> Catalog::find(std::string_view type) const {
  const std::lock_guard lock(mutex_);
  const auto at = types_.find(type);
  return at == types_.end() ? nullptr : at->second;
}

std::vector<TypeInfo> Catalog::types() const {
  const std::lock_guard lock(mutex_);
  std::vector<TypeInfo> infos;
  for (const auto& [name, type] : types_) infos.push_back(type->info);
  return infos;
}

}  // namespace messenger::loader
