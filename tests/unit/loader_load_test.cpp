// SPDX-License-Identifier: Apache-2.0
// Discovery and verification: every candidate ends as loaded or refused, with its path and the reason.
#include <elf.h>
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "loader_support.hpp"

using namespace loader_test;

namespace {

// What became of the one plugin in a directory.
loader::PluginFile load_one(const fs::path& directory, loader::Registry::Options options = {}) {
  loader::Registry registry(std::move(options));
  const auto files = registry.load({directory});
  BOOST_REQUIRE_EQUAL(files.size(), 1u);
  if (!files.front().loaded) BOOST_TEST(registry.types().empty());
  return files.front();
}

void check_refused(const std::string& plugin, const std::string& reason) {
  Directory directory;
  directory.add(plugin);
  const loader::PluginFile file = load_one(directory.path());
  BOOST_TEST(!file.loaded);
  BOOST_TEST(file.types.empty());
  BOOST_TEST(file.path == directory.path() / (plugin + ".so"));
  BOOST_TEST(file.reason.find(reason) != std::string::npos, plugin << ": " << file.reason);
}

// A copy of a good plugin that a test may spoil.
fs::path copy_of_echo(const Directory& directory) {
  fs::path copy = directory.path() / "echo.so";
  fs::copy_file(fs::path(MESSENGER_TEST_PLUGIN_DIR) / "echo.so", copy);
  return copy;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_plugin_is_loaded_and_described) {
  Directory directory;
  directory.add("echo");
  loader::Registry registry;
  const auto files = registry.load({directory.path()});
  BOOST_REQUIRE_EQUAL(files.size(), 1u);
  BOOST_TEST(files[0].loaded);
  BOOST_TEST(files[0].reason.empty());
  BOOST_TEST(files[0].types == std::vector<std::string>{"Echo"});
  const auto types = registry.types();
  BOOST_REQUIRE_EQUAL(types.size(), 1u);
  BOOST_TEST(types[0].type == "Echo");
  BOOST_TEST(types[0].name == "Echo messenger");
  BOOST_TEST(types[0].vendor == "Tests");
  BOOST_TEST(types[0].version == "1.2.3");
  BOOST_TEST(types[0].schema == "{\"type\":\"object\"}");
  BOOST_TEST(types[0].path == fs::canonical(fs::path(MESSENGER_TEST_PLUGIN_DIR) / "echo.so"));
}

BOOST_AUTO_TEST_CASE(candidates_are_tried_in_order_of_name_and_others_left_alone) {
  Directory directory;
  for (const char* name : {"twice", "two_types", "echo"}) directory.add(name);
  std::ofstream(directory.path() / "README.txt") << "no plugin";
  fs::create_directory(directory.path() / "folder.so");
  loader::Registry registry;
  const auto files = registry.load({directory.path()});
  BOOST_REQUIRE_EQUAL(files.size(), 3u);
  BOOST_TEST(files[0].path.filename() == "echo.so");
  BOOST_TEST(files[1].path.filename() == "twice.so");
  BOOST_TEST(files[2].path.filename() == "two_types.so");
  BOOST_TEST(files[2].types == (std::vector<std::string>{"First", "Second"}));
  BOOST_TEST(registry.types().size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_newer_minor_version_loads) {
  Directory directory;
  directory.add("newer");
  BOOST_TEST(load_one(directory.path()).loaded);
}

BOOST_AUTO_TEST_CASE(the_same_file_is_loaded_once) {
  Directory directory, other;
  directory.add("echo");
  other.add("echo");
  loader::Registry registry;
  const auto files = registry.load({directory.path(), other.path()});
  BOOST_REQUIRE_EQUAL(files.size(), 2u);
  BOOST_TEST(files[1].loaded);
  BOOST_TEST(files[1].types == files[0].types);
  BOOST_TEST(files[1].reason.find(files[0].path.string()) != std::string::npos);
  BOOST_TEST(registry.types().size() == 1u);
  BOOST_TEST(registry.load({directory.path()}).at(0).reason.empty());
}

BOOST_AUTO_TEST_CASE(a_type_has_one_owner) {
  Directory directory;
  const fs::path copy = copy_of_echo(directory);
  fs::rename(copy, directory.path() / "b.so");
  directory.add("echo");
  loader::Registry registry;
  const auto files = registry.load({directory.path()});
  BOOST_REQUIRE_EQUAL(files.size(), 2u);
  BOOST_TEST(files[0].loaded);
  BOOST_TEST(!files[1].loaded);
  BOOST_TEST(files[1].reason == "the type Echo is already registered by " + (directory.path() / "b.so").string());
}

BOOST_AUTO_TEST_CASE(a_directory_that_is_missing_is_reported) {
  Directory directory;
  const fs::path missing = directory.path() / "missing";
  const loader::PluginFile file = load_one(missing);
  BOOST_TEST(!file.loaded);
  BOOST_TEST(file.path == missing);
  BOOST_TEST(file.reason == "the directory cannot be read: No such file or directory");
}

BOOST_AUTO_TEST_CASE(what_is_no_plugin_is_refused) {
  check_refused("no_entry", "does not export msgr_plugin_v1");
  check_refused("other_major", "built for ABI 2, this host has 1");
  check_refused("throws", "its entry threw an exception");
  check_refused("too_small", "struct is too small: 16 bytes, ABI 1 has at least 120");
  check_refused("wants_service", "needs the service test.nowhere/1");
  check_refused("puppet", "needs the service test.puppet/1");
}

BOOST_AUTO_TEST_CASE(one_bad_type_refuses_the_whole_file) {
  check_refused("half_bad", "no function send");
}

BOOST_AUTO_TEST_CASE(a_refusal_is_logged_with_the_path) {
  Directory directory;
  directory.add("half_bad");
  Log log;
  const auto file = load_one(directory.path(), {.services = {}, .log = log.function()});
  BOOST_TEST(log.has(file.path.string() + ": refused: "));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_elf) {
  Directory directory;
  std::ofstream(directory.path() / "text.so") << "#!/bin/sh\necho not a library, but long enough to hold a header\n";
  BOOST_TEST(load_one(directory.path()).reason == "not an ELF file");
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

BOOST_AUTO_TEST_CASE(another_machines_library) {
  Directory directory;
  const fs::path copy = copy_of_echo(directory);
  std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(offsetof(Elf64_Ehdr, e_machine));
  file.write("\xfe\xca", 2);
  file.close();
  BOOST_TEST(load_one(directory.path()).reason.starts_with("built for another machine"));
}

BOOST_AUTO_TEST_CASE(a_dangling_link) {
  Directory directory;
  fs::create_symlink(directory.path() / "gone", directory.path() / "link.so");
  BOOST_TEST(load_one(directory.path()).reason == "cannot be read: No such file or directory");
}

BOOST_AUTO_TEST_CASE(a_file_that_everybody_may_write) {
  Directory directory;
  const fs::path copy = copy_of_echo(directory);
  fs::permissions(copy, fs::perms::others_write, fs::perm_options::add);
  const std::string reason = load_one(directory.path()).reason;
  BOOST_TEST(reason == "the file " + copy.string() + " is writable by everybody (mode o+w)");
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

BOOST_AUTO_TEST_CASE(an_unresolved_symbol_is_named_with_dlerrors_text) {
  Directory directory;
  const fs::path library = directory.path() / "unresolved.so";
  // No compiler at test time: an undefined symbol's name in a good library is changed to one that nobody has.
  std::ifstream in(fs::path(MESSENGER_TEST_PLUGIN_DIR) / "worker.so", std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  const std::string name = "_ZSt9terminatev";
  bool changed = false;
  for (auto at = bytes.find(name); at != std::string::npos; at = bytes.find(name, at + 1)) {
    bytes.replace(at, name.size(), "_ZSt9nosuchthng");
    changed = true;
  }
  if (!changed) return;  // this compiler's library does not use it
  std::ofstream(library, std::ios::binary) << bytes;
  const std::string reason = load_one(directory.path()).reason;
  BOOST_TEST(reason.find("undefined symbol: _ZSt9nosuchthng") != std::string::npos, reason);
}

BOOST_AUTO_TEST_CASE(the_default_directory_is_relative_to_the_executable) {
  const fs::path expected = fs::path(MESSENGER_TEST_PLUGIN_DIR).parent_path().parent_path() / "plugins";
  std::error_code ignored;
  fs::create_directory(expected, ignored);
  BOOST_TEST(loader::default_plugin_directory() == expected);
}
