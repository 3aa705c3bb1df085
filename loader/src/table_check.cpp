// SPDX-License-Identifier: Apache-2.0
#include "table_check.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <set>

namespace messenger::loader {
namespace {

constexpr std::size_t longest_type = 64;
constexpr std::size_t longest_schema = std::size_t{1024} * 1024;
constexpr std::size_t most_needs = 64;
constexpr std::size_t longest_operation = 64;
constexpr std::size_t most_operations = 1024;

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

bool is_operation_name(const char* text) {
  if (text == nullptr) return false;
  const std::string_view name(text, strnlen(text, longest_operation + 1));
  if (name.empty() || name.size() > longest_operation) return false;
  bool at_start = true;  // of a part between dots
  for (const char c : name) {
    const bool small = c >= 'a' && c <= 'z';
    if (at_start ? !small : !is_letter(c) && !(c >= '0' && c <= '9') && c != '.') return false;
    at_start = c == '.';
  }
  return !at_start;
}

std::string find_operation_problem(const msgr_operation& operation) {
  constexpr std::uint32_t known_flags = MSGR_OPERATION_SAFE | MSGR_OPERATION_LIST;
  if (!is_operation_name(operation.name)) return "its name is empty or malformed";
  if (operation.input_schema.len > longest_schema || operation.output_schema.len > longest_schema) {
    return "a schema is longer than 1 MiB";
  }
  return (operation.flags & ~known_flags) == 0 ? std::string{} : "it has unknown flags";
}

}  // namespace

std::string find_size_problem(const msgr_plugin& table) {
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

std::string find_type_problem(const msgr_plugin& table) {
  return is_type_name(table.type) ? std::string{} : "its type is empty or malformed";
}

std::string find_function_problem(const msgr_plugin& table) {
  const char* name = nullptr;
  if (table.validate == nullptr) name = "validate";
  if (table.configure == nullptr) name = "configure";
  if (table.send == nullptr) name = "send";
  if (table.destroy == nullptr) name = "destroy";
  return name == nullptr ? std::string{} : std::string("it has no function ") + name;
}

std::string find_schema_problem(const msgr_plugin& table) {
  return table.config_schema.len > longest_schema ? "its schema is longer than 1 MiB" : std::string{};
}

std::string read_needs(const msgr_plugin& table, std::vector<std::string_view>& needs) {
  if (table.needs == nullptr) return {};
  for (std::size_t i = 0; i != most_needs; ++i) {
    if (table.needs[i] == nullptr) return {};
    needs.emplace_back(table.needs[i]);
  }
  return "its list of needs has no end";
}

std::string find_operations_problem(const msgr_operations& operations) {
  if (!MSGR_HAS(&operations, msgr_operations, call)) return "the struct of its operations is too small";
  if (operations.call == nullptr) return "its operations have no function call";
  if (operations.operation_count > most_operations) {
    return "it has more than " + std::to_string(most_operations) + " operations";
  }
  std::set<std::string_view> names;
  for (std::size_t i = 0; i != operations.operation_count; ++i) {
    const msgr_operation& one = operations.operations[i];
    if (std::string problem = find_operation_problem(one); !problem.empty()) {
      return "operation " + std::to_string(i) + ": " + problem;
    }
    if (!names.insert(one.name).second) return "it has the operation " + std::string(one.name) + " twice";
  }
  return {};
}

std::string find_receipts_problem(const msgr_receipts& receipts) {
  if (!MSGR_HAS(&receipts, msgr_receipts, read)) return "the struct of its receipts is too small";
  return receipts.read == nullptr ? "its receipts have no function read" : std::string{};
}

}  // namespace messenger::loader
