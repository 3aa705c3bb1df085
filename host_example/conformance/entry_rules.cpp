// SPDX-License-Identifier: Apache-2.0
// The one function that a plugin exports.
#include <filesystem>
#include <thread>

#include "conformance/rule.hpp"
#include "conformance/subject.hpp"
#include "loader/src/table_check.hpp"

namespace messenger::host::conformance {

namespace {

using loader::LibraryFlaw;
using loader::most_types;
using Tables = std::vector<const msgr_plugin*>;

// Up to one more than there may be.
Tables enumerate(loader::PluginEntry entry) {
  Tables tables;
  while (tables.size() <= most_types) {
    const msgr_plugin* const table = entry(static_cast<std::uint32_t>(tables.size()));
    if (table == nullptr) {
      break;
    }
    tables.push_back(table);
  }
  return tables;
}

Finding unless(Subject& subject, LibraryFlaw flaw) {
  loader::LibraryProblem problem;
  loader::open_library(subject.path(), problem);
  return problem.flaw == flaw ? failed(problem.text) : Finding{};
}

Finding present(Subject& subject) {
  return unless(subject, LibraryFlaw::no_entry);
}

Finding major(Subject& subject) {
  return unless(subject, LibraryFlaw::other_major);
}

// Whether it threw is the next rule's.
Finding returns(Subject& subject) {
  const auto entry = subject.entry();
  try {
    enumerate(entry);
  } catch (...) {
    return {};
  }
  return {};
}

Finding throws_nothing(Subject& subject) {
  const auto entry = subject.entry();
  try {
    enumerate(entry);
  } catch (...) {
    return failed("its entry threw an exception");
  }
  return {};
}

Finding ends(Subject& subject) {
  return enumerate(subject.entry()).size() <= most_types
             ? Finding{}
             : failed("more than " + std::to_string(most_types) + " types came");
}

std::string name_of(const msgr_plugin& table, std::size_t index) {
  const bool readable = loader::find_size_problem(table).empty() && loader::find_type_problem(table).empty();
  return readable ? table.type : "#" + std::to_string(index);
}

Finding offers_some_type(Subject& subject) {
  Finding finding;
  for (const msgr_plugin* table : enumerate(subject.entry())) {
    finding.types.push_back(name_of(*table, finding.types.size()));
  }
  return finding.types.empty() ? failed("its entry gave NULL for 0") : finding;
}

Finding is_stable(Subject& subject) {
  const auto entry = subject.entry();
  const Tables first = enumerate(entry);
  Tables again;
  std::thread([&] { again = enumerate(entry); }).join();
  return first == again && first == enumerate(entry) ? Finding{} : failed("a second enumeration gave other tables");
}

std::size_t entries(const char* directory) {
  const std::filesystem::directory_iterator all(directory);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

Finding starts_nothing(Subject& subject) {
  const auto threads = entries("/proc/self/task");
  const auto descriptors = entries("/proc/self/fd");
  enumerate(subject.entry());
  if (entries("/proc/self/task") != threads) {
    return failed("a thread was started");
  }
  return entries("/proc/self/fd") == descriptors ? Finding{} : failed("a file or socket was left open");
}

constexpr auto file = Rule::Scope::file;
constexpr std::string_view tables_come = "entry.throws-nothing";
constexpr std::array rules{
    Rule{"entry.present",
         file,
         "It exports msgr_plugin_v1, or that of another major.",
         {"file.symbols-resolve"},
         present},
    Rule{"entry.major", file, "It is built for this major of the ABI.", {"entry.present"}, major},
    Rule{"entry.returns",
         file,
         "The entry comes back: it neither crashes nor ends the process nor hangs.",
         {"entry.major"},
         returns},
    Rule{tables_come, file, "No exception comes out of the entry.", {"entry.returns"}, throws_nothing},
    Rule{"entry.ends", file, "The entry is called with 0, 1, 2 … until it gives NULL.", {tables_come}, ends},
    Rule{offers_a_type, file, "The entry offers at least one type.", {"entry.ends"}, offers_some_type},
    Rule{"entry.is-stable",
         file,
         "Tables are static: each enumeration, on any thread, gives the same.",
         {"entry.ends"},
         is_stable},
    Rule{"entry.starts-nothing",
         file,
         "Loading and the entry start no thread and open no file.",
         {"entry.ends"},
         starts_nothing},
};

}  // namespace

std::span<const Rule> entry_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
