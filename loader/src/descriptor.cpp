// SPDX-License-Identifier: Apache-2.0
#include "descriptor.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "table_check.hpp"
#include "utf8.hpp"

namespace messenger::loader {
namespace {

constexpr std::size_t longest_text = 256;

std::string missing_service(const msgr_plugin& table, const std::vector<Service>& services) {
  std::vector<std::string_view> needs;
  if (std::string problem = read_needs(table, needs); !problem.empty()) return problem;
  for (const std::string_view id : needs) {
    const auto offered = [id](const Service& service) { return service.table != nullptr && service.id == id; };
    if (std::none_of(services.begin(), services.end(), offered)) {
      return "it needs the service " + std::string(id) + ", which this host does not offer";
    }
  }
  return {};
}

std::string text(const char* value) {
  std::string copy;
  if (value != nullptr) repair_utf8(copy, {value, strnlen(value, longest_text)}, longest_text);
  return copy;
}

std::string table_problem(const msgr_plugin& table, const std::vector<Service>& services) {
  if (std::string problem = find_size_problem(table); !problem.empty()) return problem;
  if (std::string problem = find_type_problem(table); !problem.empty()) return problem;
  std::string problem = find_function_problem(table);
  if (problem.empty()) problem = missing_service(table, services);
  if (problem.empty()) problem = find_schema_problem(table);
  return problem.empty() ? problem : "type " + text(table.type) + ": " + problem;
}

std::shared_ptr<const Schema> parse_schema(std::string_view text, std::string_view what, std::string& problem) {
  auto schema = Schema::parse(text);
  if (schema == nullptr) problem = std::string(what) + " is not a JSON object";
  return schema;
}

std::string read_operations(PluginType& type) {
  const msgr_operations* const table = type.operations;
  if (table == nullptr) return {};
  std::string problem = find_operations_problem(*table);
  if (!problem.empty()) return problem;
  auto catalogue = std::make_shared<Operations>();
  for (std::size_t i = 0; i != table->operation_count; ++i) {
    const msgr_operation& one = table->operations[i];
    const std::string of = "operation " + std::string(one.name) + ": its ";
    type.inputs.push_back(parse_schema(view(one.input_schema), of + "input schema", problem));
    if (one.output_schema.ptr != nullptr) parse_schema(view(one.output_schema), of + "output schema", problem);
    catalogue->push_back({.name = one.name,
                          .summary = text(one.summary),
                          .input_schema = view(one.input_schema),
                          .output_schema = view(one.output_schema),
                          .safe = (one.flags & MSGR_OPERATION_SAFE) != 0,
                          .list = (one.flags & MSGR_OPERATION_LIST) != 0});
  }
  type.info.operations = std::move(catalogue);
  return problem;
}

std::string read_extensions(PluginType& type) {
  const auto get = type.table->get_extension;
  if (get == nullptr) return {};
  type.operations = static_cast<const msgr_operations*>(get(MSGR_OPERATIONS_1));
  type.receipts = static_cast<const msgr_receipts*>(get(MSGR_RECEIPTS_1));
  type.info.reads_receipts = type.receipts != nullptr;
  if (type.receipts != nullptr) {
    if (std::string problem = find_receipts_problem(*type.receipts); !problem.empty()) return problem;
  }
  return read_operations(type);
}

std::shared_ptr<const PluginType> read_type(const msgr_plugin& table, const std::filesystem::path& file,
                                            const std::vector<Service>& services, std::string& problem) {
  problem = table_problem(table, services);
  if (!problem.empty()) return nullptr;
  auto type = std::make_shared<PluginType>();
  type->table = &table;
  type->schema = parse_schema(view(table.config_schema), "its schema", problem);
  type->info = {.type = text(table.type),
                .name = text(table.name),
                .vendor = text(table.vendor),
                .version = text(table.version),
                .schema = view(table.config_schema),
                .path = file,
                .operations = std::make_shared<const Operations>(),
                .reads_receipts = false};
  if (problem.empty()) problem = read_extensions(*type);
  if (problem.empty()) return type;
  problem = "type " + text(table.type) + ": " + problem;
  return nullptr;
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
