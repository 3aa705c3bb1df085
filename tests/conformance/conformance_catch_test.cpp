// SPDX-License-Identifier: Apache-2.0
// Every bad plugin is caught by the rule that it breaks, and by no other.
#include <elf.h>
#include <sys/stat.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <future>

#include "certificate.hpp"
#include "check.hpp"

namespace fs = std::filesystem;
using namespace messenger::test;

namespace {

using Ids = std::set<std::string>;

struct Bad {
  const char* plugin;
  Ids rules;
};

const std::vector<Bad> bad_plugins{
    {"answers_garbage", {"send.outcome-known", "send.text-is-utf8"}},
    {"believes_every_receipt", {"receipts.refuses-unsigned"}},
    {"blocks_in_send", {"send.returns"}},
    {"blocks_in_stop", {"stop.returns"}},
    {"call_completes_twice", {"operations.completes-once"}},
    {"call_crashes", {"operations.returns"}},
    {"call_outputs_text", {"operations.outputs"}},
    {"call_throws", {"operations.throws-nothing"}},
    {"calls_the_unsent_ok", {"send.unsent-is-not-ok"}},
    {"changes_directory", {"process.untouched"}},
    {"closes_twice", {"http.keeps-its-rules"}},
    {"completes_20000_times", {"send.completes-once"}},
    {"completes_after_drain", {"destroy.completes-nothing"}},
    {"completes_foreign_tickets", {"send.completes-own-ticket"}},
    {"completes_in_cancel", {"cancel.completes", "cancel.unknown-is-harmless"}},
    {"completes_twice", {"send.completes-once"}},
    {"crashes_in_cancel", {"cancel.returns"}},
    {"crashes_in_configure", {"configure.returns"}},
    {"crashes_in_destroy", {"destroy.returns"}},
    {"crashes_in_send", {"send.returns"}},
    {"drops_concurrent_sends", {"send.concurrent"}},
    {"drops_long_messages", {"send.takes-any-message"}},
    {"duplicate_type", {"table.type-unique"}},
    {"empty_type", {"table.type"}},
    {"entry_changes", {"entry.is-stable"}},
    {"entry_crashes", {"entry.returns"}},
    {"entry_gives_nothing", {"entry.offers-a-type"}},
    {"entry_never_ends", {"entry.ends"}},
    {"entry_opens_a_file", {"entry.starts-nothing"}},
    {"entry_throws", {"entry.throws-nothing"}},
    {"exports_more", {"file.exports-only-entry"}},
    {"forgets_the_deadline", {"send.completes-by-deadline"}},
    {"handles_a_signal", {"process.untouched"}},
    {"ignores_a_refused_request", {"http.bears-refusal"}},
    {"issue_without_text", {"validate.issues-are-whole"}},
    {"keeps_the_configuration", {"memory.keeps-no-configuration"}},
    {"keeps_the_message", {"memory.keeps-no-message"}},
    {"keeps_the_response", {"memory.keeps-no-response"}},
    {"leaves_its_endpoint_open", {"http.closes-endpoints"}},
    {"logs_after_destroy", {"destroy.nothing-after"}},
    {"logs_its_secret", {"secrets.not-in-issues", "secrets.not-told"}},
    {"logs_the_code", {"secrets.not-told"}},
    {"miscounts_issues", {"validate.reports-what-it-counts"}},
    {"missing_function", {"table.functions"}},
    {"name_not_utf8", {"table.text-is-utf8"}},
    {"needs_never_end", {"table.needs"}},
    {"never_completes", {"send.completes-by-deadline"}},
    {"no_entry", {"entry.present"}},
    {"operation_schema_not_json", {"table.operations"}},
    {"operation_twice", {"table.operations"}},
    {"other_major", {"entry.major"}},
    {"prints", {"process.writes-nothing"}},
    {"reads_to_the_nul", {"memory.keeps-to-lengths"}},
    {"receipts_without_read", {"table.receipts"}},
    {"refuses_without_issue", {"configure.instance-or-issue"}},
    {"repeats_the_provider", {"send.detail-is-own-words"}},
    {"retries_in_doubt", {"send.doubt-is-unknown"}},
    {"schema_not_json", {"table.schema"}},
    {"shares_its_state", {"destroy.leaves-others"}},
    {"stop_fails", {"stop.succeeds"}},
    {"struct_too_small", {"table.size"}},
    {"swallows_the_services_issue", {"configure.bears-refusal"}},
    {"tells_a_secret_in_an_issue", {"secrets.not-in-issues"}},
    {"throws_everywhere", {"configure.throws-nothing", "validate.throws-nothing"}},
    {"throws_in_callback", {"send.throws-nothing"}},
    {"throws_in_cancel", {"cancel.throws-nothing"}},
    {"throws_in_destroy", {"destroy.throws-nothing"}},
    {"throws_in_send", {"send.throws-nothing"}},
    {"throws_in_stop", {"stop.throws-nothing"}},
    {"unresolved_symbol", {"file.symbols-resolve"}},
    {"validate_ends_the_process", {"validate.returns"}},
    {"validate_opens_endpoint", {"validate.is-pure"}},
    {"validate_remembers", {"validate.is-repeatable"}},
    {"waits_for_the_answer", {"send.does-not-block"}},
};

// Of these the file alone breaks no rule: what they lack is another's, and so is the name that they take.
const Ids not_broken{"needs_unknown_service", "schema_misleads", "type_taken"};

fs::path path_of(const std::string& plugin) {
  return fs::path(build) / "tests" / "bad_plugins" / (plugin + ".so");
}

std::string list(const Ids& ids) {
  std::string text;
  for (const std::string& id : ids) {
    text += " " + id;
  }
  return text;
}

// Under ThreadSanitizer all takes longer than a rule may. What races it ends, whichever rule is being tried, and for
// 20,000 completions no time is enough.
#if defined(__SANITIZE_THREAD__)
constexpr const char* seconds_for_a_rule = "25";
const Ids break_more_rules{"completes_20000_times", "keeps_the_configuration"};
#else
constexpr const char* seconds_for_a_rule = "6";
const Ids break_more_rules;
#endif

void expect(const boost::json::object& report, const std::string& plugin, const Ids& expected) {
  const Ids failed = rules(report, "failed");
  const bool as_expected = break_more_rules.contains(plugin)
                               ? std::includes(failed.begin(), failed.end(), expected.begin(), expected.end())
                               : failed == expected;
  BOOST_TEST(as_expected, plugin << " failed" << list(failed) << ", not" << list(expected));
  BOOST_TEST(report.at("status").as_int64() == 1, plugin);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_bad_plugin_is_caught_by_the_rule_that_it_breaks) {
  constexpr std::size_t at_once = 4;  // most of the time they wait
  std::vector<std::future<boost::json::object>> reports;
  for (std::size_t i = 0; i != bad_plugins.size(); ++i) {
    if (i >= at_once) {
      reports[i - at_once].wait();
    }
    reports.push_back(std::async(std::launch::async, [i] {
      return check_json({path_of(bad_plugins[i].plugin), "--timeout", seconds_for_a_rule});
    }));
  }
  for (std::size_t i = 0; i != bad_plugins.size(); ++i) {
    expect(reports[i].get(), bad_plugins[i].plugin, bad_plugins[i].rules);
  }
}

BOOST_AUTO_TEST_CASE(every_bad_plugin_is_in_the_table) {
  Ids listed = not_broken;
  for (const Bad& one : bad_plugins) {
    listed.insert(one.plugin);
  }
  Ids built;
  for (const auto& file : fs::directory_iterator(path_of("").parent_path())) {
    if (file.path().extension() == ".so") {
      built.insert(file.path().stem().string());
    }
  }
  BOOST_TEST(built == listed, "built:" << list(built) << ", listed:" << list(listed));
}

BOOST_AUTO_TEST_CASE(every_rule_that_can_fail_catches_one) {
  Ids caught{"file.elf", "file.machine", "file.permissions", "file.whole"};  // below
  for (const Bad& one : bad_plugins) {
    caught.insert(one.rules.begin(), one.rules.end());
  }
  caught.insert("configure.makes-instance");  // tells whether the rest can be tried
  Ids all;
  const auto report = check_json({path_of("no_entry")});
  for (const auto& rule : report.at("rules").as_array()) {
    all.insert(std::string(rule.at("id").as_string()));
  }
  BOOST_TEST(caught == all, "caught:" << list(caught) << ", all:" << list(all));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_whole_library_of_this_machine) {
  const TemporaryDirectory directory;
  const auto copy = [&](const std::string& name) {
    fs::copy_file(path_of("type_taken"), directory.path(name));
    return directory.path(name);
  };
  expect(check_json({directory.write("text.so", "not a library, but longer than a header is, by some words")}),
         "no ELF file", {"file.elf"});
  expect(check_json({directory.write("empty.so", "")}), "an empty file", {"file.elf"});
  const auto truncated = copy("truncated.so");
  fs::resize_file(truncated, fs::file_size(truncated) / 2);
  expect(check_json({truncated}), "a truncated library", {"file.whole"});
  const auto other = copy("other_machine.so");
  std::fstream file(other, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(offsetof(Elf64_Ehdr, e_machine));
  file.write("\xfe\xca", 2).flush();
  expect(check_json({other}), "a library for another machine", {"file.machine"});
}

BOOST_AUTO_TEST_CASE(a_file_or_directory_that_everybody_may_write) {
  const TemporaryDirectory directory;
  const auto path = directory.path("copy.so");
  fs::copy_file(path_of("no_entry"), path);
  fs::permissions(path, fs::perms::others_write, fs::perm_options::add);
  expect(check_json({path}), "a writable file", {"file.permissions", "entry.present"});
  fs::permissions(path, fs::perms::others_write, fs::perm_options::remove);
  BOOST_REQUIRE_EQUAL(::chmod(directory.path("").c_str(), 0777), 0);
  expect(check_json({path}), "a writable directory", {"file.permissions", "entry.present"});
}
