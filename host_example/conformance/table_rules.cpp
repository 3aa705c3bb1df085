// SPDX-License-Identifier: Apache-2.0
// The table of one type.
#include <messenger/certificates.h>
#include <messenger/http.h>

#include <algorithm>
#include <cstring>

#include "conformance/rule.hpp"
#include "conformance/subject.hpp"
#include "loader/src/schema_secrets.hpp"
#include "loader/src/table_check.hpp"
#include "loader/src/utf8.hpp"

namespace messenger::host::conformance {

namespace {

Finding judge(const std::string& problem) {
  return problem.empty() ? Finding{} : failed(problem);
}

Finding size(Subject& subject) {
  return judge(loader::find_size_problem(subject.table()));
}

Finding type(Subject& subject) {
  return judge(loader::find_type_problem(subject.table()));
}

Finding type_unique(Subject& subject) {
  const std::string_view own = subject.table().type;
  for (std::uint32_t index = 0; index != subject.index(); ++index) {
    const msgr_plugin* const other = subject.entry()(index);
    const bool readable =
        other != nullptr && loader::find_size_problem(*other).empty() && loader::find_type_problem(*other).empty();
    if (readable && other->type == own) {
      return failed("the file offers it twice");
    }
  }
  return {};
}

Finding functions(Subject& subject) {
  return judge(loader::find_function_problem(subject.table()));
}

Finding text(Subject& subject) {
  const msgr_plugin& table = subject.table();
  for (const char* text : {table.name, table.vendor, table.version}) {
    if (text != nullptr && !loader::is_utf8(text)) {
      return failed("its name, vendor or version is not UTF-8");
    }
  }
  return {};
}

Finding schema(Subject& subject) {
  if (const auto problem = loader::find_schema_problem(subject.table()); !problem.empty()) {
    return failed(problem);
  }
  const auto text = loader::view(subject.table().config_schema);
  return loader::Schema::parse(text) == nullptr ? failed("its schema is not a JSON object") : Finding{};
}

// A service that is not lent here is no fault of the plugin's, but nothing beyond this can be tried.
Finding needs(Subject& subject) {
  std::vector<std::string_view> ids;
  if (const auto problem = loader::read_needs(subject.table(), ids); !problem.empty()) {
    return failed(problem);
  }
  constexpr std::array<std::string_view, 2> lent{MSGR_HTTP_1, MSGR_CERTIFICATES_1};
  for (const std::string_view id : ids) {
    if (std::find(lent.begin(), lent.end(), id) == lent.end()) {
      return skipped("it needs " + std::string(id) + ", which is not lent here");
    }
  }
  return {};
}

Finding operations(Subject& subject) {
  const msgr_operations* const offered = subject.operations();
  if (offered == nullptr) {
    return inapplicable("it offers no operations");
  }
  if (const auto problem = loader::find_operations_problem(*offered); !problem.empty()) {
    return failed(problem);
  }
  for (std::size_t i = 0; i != offered->operation_count; ++i) {
    const msgr_operation& one = offered->operations[i];
    const bool gives = one.output_schema.ptr != nullptr;
    if (loader::Schema::parse(loader::view(one.input_schema)) == nullptr ||
        (gives && loader::Schema::parse(loader::view(one.output_schema)) == nullptr)) {
      return failed("operation " + std::string(one.name) + ": a schema is not a JSON object");
    }
    if (one.summary != nullptr && !loader::is_utf8(one.summary)) {
      return failed("operation " + std::string(one.name) + ": its summary is not UTF-8");
    }
  }
  return {};
}

Finding receipts(Subject& subject) {
  const msgr_receipts* const offered = subject.receipts();
  return offered == nullptr ? inapplicable("it reads no receipts") : judge(loader::find_receipts_problem(*offered));
}

constexpr auto each = Rule::Scope::type;
constexpr std::array rules{
    Rule{
        "table.size", each, "The struct opens with its size, which covers the first version's.", {offers_a_type}, size},
    Rule{"table.type", each, "type is [A-Za-z][A-Za-z0-9._-]*, at most 64 characters.", {"table.size"}, type},
    Rule{"table.type-unique", each, "No other table of the file has the same type.", {"table.type"}, type_unique},
    Rule{"table.functions", each, "validate, configure, send and destroy are there.", {"table.size"}, functions},
    Rule{"table.text-is-utf8", each, "name, vendor and version are UTF-8 or NULL.", {"table.size"}, text},
    Rule{"table.schema", each, "config_schema is a JSON object of at most 1 MiB.", {"table.size"}, schema},
    Rule{"table.operations",
         each,
         "Operations have a name of their own, known flags and schemas that are JSON objects.",
         {"table.functions"},
         operations},
    Rule{"table.receipts", each, "Receipts have a function read.", {"table.functions"}, receipts},
    Rule{"table.needs", each, "needs is a list of ids that NULL ends.", {"table.functions", "table.schema"}, needs},
};

}  // namespace

std::span<const Rule> table_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
