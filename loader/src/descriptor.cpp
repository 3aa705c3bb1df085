// SPDX-License-Identifier: Apache-2.0
#include "descriptor.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "utf8.hpp"

namespace messenger::loader {
namespace {

constexpr std::uint32_t most_types = 64;
constexpr std::size_t longest_type = 64;
constexpr std::size_t longest_text = 256;
constexpr std::size_t longest_schema = std::size_t{1024} * 1024;
constexpr std::size_t most_needs = 64;

constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_type_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

bool is_type_name(const char* text) {
  if (text == nullptr) return false;
  const std::string_view name(text, strnlen(text, longest_type + 1));
  return !name.empty() && name.size() <= longest_type && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), is_type_character);
}

// A parameter and not the macro itself: compared with a constant 0, the test would always be true.
bool is_too_old(std::uint32_t minor, std::uint32_t oldest) {
  return minor < oldest;
}

std::string size_problem(const msgr_plugin& table) {
  if (!MSGR_HAS(&table, msgr_plugin, get_extension)) {
    return "its struct is too small: " + std::to_string(table.size) + " bytes, ABI " + std::to_string(MSGR_ABI_MAJOR) +
           " has at least " + std::to_string(offsetof(msgr_plugin, get_extension) + sizeof table.get_extension);
  }
  if (is_too_old(table.abi_minor, MSGR_ABI_OLDEST)) {
    return "built for ABI " + std::to_string(MSGR_ABI_MAJOR) + "." + std::to_string(table.abi_minor) +
           ", this host takes " + std::to_string(MSGR_ABI_MAJOR) + "." + std::to_string(MSGR_ABI_OLDEST) + " and later";
  }
  return {};
}

std::string missing_function(const msgr_plugin& table) {
  const char* name = nullptr;
  if (table.validate == nullptr) name = "validate";
  if (table.configure == nullptr) name = "configure";
  if (table.send == nullptr) name = "send";
  if (table.destroy == nullptr) name = "destroy";
  return name == nullptr ? std::string{} : std::string("it has no function ") + name;
}

std::string missing_service(const msgr_plugin& table, const std::vector<Service>& services) {
  if (table.needs == nullptr) return {};
  for (std::size_t i = 0; i != most_needs; ++i) {
    const char* const id = table.needs[i];
    if (id == nullptr) return {};
    const auto offered = [id](const Service& service) { return service.table != nullptr && service.id == id; };
    if (std::none_of(services.begin(), services.end(), offered)) {
      return std::string("it needs the service ") + id + ", which this host does not offer";
    }
  }
  return "its list of needs has no end";
}

std::string text(const char* value) {
  std::string copy;
  if (value != nullptr) repair_utf8(copy, {value, strnlen(value, longest_text)}, longest_text);
  return copy;
}

std::string table_problem(const msgr_plugin& table, const std::vector<Service>& services) {
  if (std::string problem = size_problem(table); !problem.empty()) return problem;
  if (!is_type_name(table.type)) return "its type is empty or malformed";
  std::string problem = missing_function(table);
  if (problem.empty()) problem = missing_service(table, services);
  if (problem.empty() && table.config_schema.len > longest_schema) problem = "its schema is longer than 1 MiB";
  return problem.empty() ? problem : "type " + text(table.type) + ": " + problem;
}

std::shared_ptr<const PluginType> read_type(const msgr_plugin& table, const std::filesystem::path& file,
                                            const std::vector<Service>& services, std::string& problem) {
  problem = table_problem(table, services);
  if (!problem.empty()) return nullptr;
  auto type = std::make_shared<PluginType>();
  type->table = &table;
  type->schema = Schema::parse(view(table.config_schema));
  if (type->schema == nullptr) {
    problem = "type " + text(table.type) + ": its schema is not a JSON object";
    return nullptr;
  }
  type->info = {.type = text(table.type),
                .name = text(table.name),
                .vendor = text(table.vendor),
                .version = text(table.version),
                .schema = std::string(view(table.config_schema)),
                .path = file};
  return type;
}

bool has_type(const PluginTypes& types, const std::string& name) {
  return std::any_of(types.begin(), types.end(), [&](const auto& type) { return type->info.type == name; });
}

PluginTypes enumerate(PluginEntry entry, const std::filesystem::path& file, const std::vector<Service>& services,
                      std::string& problem) {
  PluginTypes types;
  for (std::uint32_t index = 0; index != most_types; ++index) {
    const msgr_plugin* const table = entry(index);
    if (table == nullptr) {
      if (types.empty()) problem = "its entry offers no type of messenger";
      return types;
    }
    auto type = read_type(*table, file, services, problem);
    if (type == nullptr) return {};
    if (has_type(types, type->info.type)) {
      problem = "it offers the type " + type->info.type + " twice";
      return {};
    }
    types.push_back(std::move(type));
  }
  problem = "its entry does not end: more than " + std::to_string(most_types) + " types";
  return {};
}

}  // namespace

PluginTypes read_types(PluginEntry entry, const std::filesystem::path& file, const std::vector<Service>& services,
                       std::string& problem) {
  try {
    return enumerate(entry, file, services, problem);
  } catch (...) {
    problem = "its entry threw an exception";
    return {};
  }
}

}  // namespace messenger::loader
