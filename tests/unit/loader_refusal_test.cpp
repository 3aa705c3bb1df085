// SPDX-License-Identifier: Apache-2.0
// Files that are refused: each with its path and the reason, in the answer and in the log, and without harm to others.
#include <elf.h>
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "loader_support.hpp"

using namespace loader_test;

namespace {

// What became of the one plugin in a directory.
loader::PluginFile load_one(const fs::path& directory) {
  loader::Registry registry;
  const auto files = registry.load({directory});
  BOOST_REQUIRE_EQUAL(files.size(), 1u);
  BOOST_TEST(registry.types().empty());
  return files.front();
}

// A copy of a good plugin that a test may spoil.
fs::path copy_of_echo(const Directory& directory, const std::string& name = "echo") {
  fs::path copy = directory.path() / (name + ".so");
  fs::copy_file(fs::path(MESSENGER_TEST_PLUGIN_DIR) / "echo.so", copy);
  return copy;
}

// What no compiler makes: spoilt copies of a good library, and a file that never was one.
void add_spoilt(const Directory& directory) {
  std::ofstream(directory.path() / "not_elf.so") << "#!/bin/sh\necho not a library, but long enough for a header\n";
  const fs::path truncated = copy_of_echo(directory, "truncated");
  fs::resize_file(truncated, fs::file_size(truncated) / 2);
  std::fstream other(copy_of_echo(directory, "other_machine"), std::ios::in | std::ios::out | std::ios::binary);
  other.seekp(offsetof(Elf64_Ehdr, e_machine));
  other.write("\xfe\xca", 2);
  fs::permissions(copy_of_echo(directory, "writable"), fs::perms::others_write, fs::perm_options::add);
}

struct Refused {
  const char *plugin, *reason;
};

constexpr Refused built[] = {
    {"empty_type", "its type is empty or malformed"},
    {"entry_gives_nothing", "its entry offers no type of messenger"},
    {"entry_never_ends", "it offers the type EntryNeverEnds twice"},
    {"entry_throws", "its entry threw an exception"},
    {"missing_function", "type NoSend: it has no function send"},
    {"needs_unknown_service", "it needs the service test.nowhere/1, which this host does not offer"},
    {"no_entry", "not a messenger plugin: it does not export msgr_plugin_v1"},
    {"operation_schema_not_json", "type OperationSchema: operation a: its input schema is not a JSON object"},
    {"operation_twice", "type OperationTwice: it has the operation things.list twice"},
    {"other_major", "built for ABI 2, this host has 1"},
    {"receipts_without_read", "type NoRead: its receipts have no function read"},
    {"schema_not_json", "its schema is not a JSON object"},
    {"struct_too_small", "its struct is too small: 16 bytes, ABI 1 has at least 120"},
    {"type_taken", "the type Echo is already registered by "},
    {"unresolved_symbol", "undefined symbol: no_such_function_anywhere"},
};
constexpr Refused spoilt[] = {
    {"not_elf", "not an ELF file"},
    {"other_machine", "built for another machine (ELF machine 51966, "},
    {"truncated", "truncated: it is shorter than its ELF header says"},
    {"writable", "writable.so is writable by everybody (mode o+w)"},
};

void check(const Refused& row, const Directory& directory, const std::vector<loader::PluginFile>& files,
           const Log& log) {
  const fs::path path = directory.path() / (row.plugin + std::string(".so"));
  const auto file = std::find_if(files.begin(), files.end(), [&](const auto& one) { return one.path == path; });
  BOOST_REQUIRE(file != files.end());
  BOOST_TEST(!file->loaded);
  BOOST_TEST(file->types.empty());
  BOOST_TEST(file->reason.find(row.reason) != std::string::npos, row.plugin << ": " << file->reason);
  BOOST_TEST(log.has(path.string() + ": refused: " + file->reason));
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_bad_plugin_is_refused_beside_a_good_one_that_works) {
  Directory directory;
  Log log;
  directory.add("echo");
  for (const Refused& row : built) directory.add_bad(row.plugin);
  add_spoilt(directory);
  loader::Registry registry({.services = {}, .log = log.function()});
  const auto files = registry.load({directory.path()});
  BOOST_TEST(files.size() == 1 + std::size(built) + std::size(spoilt));
  for (const Refused& row : built) check(row, directory, files, log);
  for (const Refused& row : spoilt) check(row, directory, files, log);
  const auto types = registry.types();
  BOOST_REQUIRE_EQUAL(types.size(), 1u);
  BOOST_TEST(types[0].type == "Echo");
  BOOST_TEST(registry.configure("m", "Echo", "{}").empty());
  BOOST_TEST((registry.send("m", hello).outcome == loader::Outcome::ok));
}

BOOST_AUTO_TEST_CASE(a_directory_that_is_missing_is_reported) {
  Directory directory;
  const fs::path missing = directory.path() / "missing";
  const loader::PluginFile file = load_one(missing);
  BOOST_TEST(!file.loaded);
  BOOST_TEST(file.path == missing);
  BOOST_TEST(file.reason == "the directory cannot be read: No such file or directory");
}

BOOST_AUTO_TEST_CASE(an_empty_file) {
  Directory directory;
  std::ofstream(directory.path() / "empty.so").close();
  BOOST_TEST(load_one(directory.path()).reason == "not an ELF file");
}

BOOST_AUTO_TEST_CASE(a_truncated_library_at_every_length) {
  Directory directory;
  const fs::path copy = copy_of_echo(directory);
  const auto whole = fs::file_size(copy);
  for (const std::uintmax_t size : {std::uintmax_t{20}, std::uintmax_t{64}, whole / 4, whole / 2}) {
    fs::resize_file(copy, size);
    BOOST_TEST(load_one(directory.path()).reason.starts_with("truncated"), size);
    fs::remove(copy);
    copy_of_echo(directory);
  }
}

// As some tools that edit libraries leave them.
BOOST_AUTO_TEST_CASE(a_table_of_segments_at_the_end_of_the_file) {
  Directory directory;
  const fs::path copy = copy_of_echo(directory);
  const auto size = fs::file_size(copy);
  std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
  Elf64_Ehdr header{};
  file.read(reinterpret_cast<char*>(&header), sizeof header);
  std::string segments(header.e_phnum * sizeof(Elf64_Phdr), '\0');
  file.seekg(static_cast<std::streamoff>(header.e_phoff));
  file.read(segments.data(), static_cast<std::streamsize>(segments.size()));
  file.seekp(0, std::ios::end);
  file.write(segments.data(), static_cast<std::streamsize>(segments.size()));
  header.e_phoff = size;
  file.seekp(0);
  file.write(reinterpret_cast<const char*>(&header), sizeof header);
  file.close();
  loader::Registry registry;
  BOOST_TEST(registry.load({directory.path()}).at(0).loaded);
  fs::resize_file(copy, size + segments.size() - 1);
  BOOST_TEST(load_one(directory.path()).reason == "truncated: it is shorter than its ELF header says");
}

BOOST_AUTO_TEST_CASE(a_dangling_link) {
  Directory directory;
  fs::create_symlink(directory.path() / "gone", directory.path() / "link.so");
  BOOST_TEST(load_one(directory.path()).reason == "cannot be read: No such file or directory");
}

BOOST_AUTO_TEST_CASE(a_pipe_or_a_device_is_not_waited_for) {
  Directory directory, elsewhere;
  const fs::path pipe = elsewhere.path() / "pipe.so";
  BOOST_REQUIRE_EQUAL(::mkfifo(pipe.c_str(), 0600), 0);
  BOOST_TEST(load_one(elsewhere.path()).reason == "not a regular file");
  fs::create_symlink(pipe, directory.path() / "link.so");
  BOOST_TEST(load_one(directory.path()).reason == "not a regular file");
  fs::remove(directory.path() / "link.so");
  fs::create_symlink("/dev/full", directory.path() / "link.so");
  BOOST_TEST(load_one(directory.path()).reason.ends_with("/dev/full is writable by everybody (mode o+w)"));
}

BOOST_AUTO_TEST_CASE(a_directory_that_everybody_may_write_even_a_sticky_one) {
  Directory directory;
  copy_of_echo(directory);
  for (const mode_t mode : {mode_t{0777}, mode_t{01777}}) {
    BOOST_REQUIRE_EQUAL(::chmod(directory.path().c_str(), mode), 0);
    const std::string reason = load_one(directory.path()).reason;
    BOOST_TEST(reason == "its directory " + directory.path().string() + " is writable by everybody (mode o+w)");
  }
}

BOOST_AUTO_TEST_CASE(a_link_is_judged_by_the_real_files_directory_too) {
  Directory directory, open;
  const fs::path real = copy_of_echo(open);
  fs::create_symlink(real, directory.path() / "echo.so");
  BOOST_REQUIRE_EQUAL(::chmod(open.path().c_str(), 0777), 0);
  BOOST_TEST(load_one(directory.path()).reason.find("is writable by everybody") != std::string::npos);
}
