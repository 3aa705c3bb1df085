// SPDX-License-Identifier: Apache-2.0
// The ABI's rules for the table of one type, each by itself.
#ifndef MESSENGER_LOADER_SRC_TABLE_CHECK_HPP
#define MESSENGER_LOADER_SRC_TABLE_CHECK_HPP

#include <messenger/operations.h>
#include <messenger/receipts.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::loader {

/// How many types one library may offer.
inline constexpr std::uint32_t most_types = 64;

/// What is wrong with the table's size and minor version; empty = nothing. Only then may the others read it.
std::string find_size_problem(const msgr_plugin& table);
/// What is wrong with its type's name.
std::string find_type_problem(const msgr_plugin& table);
/// Which mandatory function it lacks.
std::string find_function_problem(const msgr_plugin& table);
/// What is wrong with its schema's length; its text is for Schema::parse.
std::string find_schema_problem(const msgr_plugin& table);
/// Reads the services that it needs, and gives what is wrong with their list.
std::string read_needs(const msgr_plugin& table, std::vector<std::string_view>& needs);

/// What is wrong with a catalogue of operations; their schemas' text is for Schema::parse.
std::string find_operations_problem(const msgr_operations& operations);
/// What is wrong with the table that reads receipts.
std::string find_receipts_problem(const msgr_receipts& receipts);

}  // namespace messenger::loader

#endif
