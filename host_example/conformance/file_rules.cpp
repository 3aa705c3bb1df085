// SPDX-License-Identifier: Apache-2.0
// The file, before and while it is loaded.
#include <algorithm>

#include "conformance/exported_symbols.hpp"
#include "conformance/rule.hpp"
#include "conformance/subject.hpp"
#include "loader/src/candidate.hpp"
#include "loader/src/elf_check.hpp"

namespace messenger::host::conformance {

namespace {

using loader::ElfFlaw;

Finding permissions(Subject& subject) {
  loader::Candidate candidate{.path = subject.path().string(), .real = {}, .problem = {}};
  const std::string problem = loader::find_trust_problem(candidate);
  return problem.empty() ? Finding{} : failed(problem);
}

// Each of the rules below is about some flaws; the others' rules stand before it.
Finding unless(Subject& subject, std::initializer_list<ElfFlaw> flaws) {
  const auto problem = loader::find_elf_problem(subject.path().string());
  return std::find(flaws.begin(), flaws.end(), problem.flaw) == flaws.end() ? Finding{} : failed(problem.text);
}

Finding is_elf(Subject& subject) {
  return unless(subject, {ElfFlaw::unreadable, ElfFlaw::no_elf});
}

Finding machine(Subject& subject) {
  return unless(subject, {ElfFlaw::other_machine});
}

Finding whole(Subject& subject) {
  return unless(subject, {ElfFlaw::truncated});
}

Finding symbols_resolve(Subject& subject) {
  loader::LibraryProblem problem;
  loader::open_library(subject.path(), problem);
  return problem.flaw == loader::LibraryFlaw::not_loaded ? failed(problem.text) : Finding{};
}

Finding exports_only_entry(Subject& subject) {
  const auto symbols = exported_symbols(subject.path());
  if (!symbols) {
    return skipped("it has no table of sections in which to look");
  }
  std::string list;
  for (const std::string& symbol : *symbols) {
    if (!symbol.starts_with("msgr_plugin_v")) {
      list += (list.empty() ? "" : ", ") + symbol;
    }
  }
  return list.empty() ? Finding{} : failed("it also exports " + list);
}

constexpr auto file = Rule::Scope::file;
constexpr std::array rules{
    Rule{"file.permissions", file, "Neither the file nor its directory is writable for everybody.", {}, permissions},
    Rule{"file.elf", file, "It is an ELF file.", {}, is_elf},
    Rule{"file.machine", file, "It is a shared library for this machine.", {"file.elf"}, machine},
    Rule{"file.whole", file, "It is as long as its headers say.", {"file.machine"}, whole},
    Rule{"file.symbols-resolve",
         file,
         "It loads with every symbol resolved (RTLD_NOW).",
         {"file.whole"},
         symbols_resolve},
    Rule{"file.exports-only-entry", file, "It exports its entry and nothing else.", {"file.whole"}, exports_only_entry},
};

}  // namespace

std::span<const Rule> file_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
