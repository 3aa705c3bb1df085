// SPDX-License-Identifier: Apache-2.0
// Discovery: what is found, in which order, and what is known of it then.
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "loader_support.hpp"

using namespace loader_test;

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
  for (const char* name : {"newer", "two_types", "echo"}) directory.add(name);
  std::ofstream(directory.path() / "README.txt") << "no plugin";
  fs::create_directory(directory.path() / "folder.so");
  loader::Registry registry;
  const auto files = registry.load({directory.path()});
  BOOST_REQUIRE_EQUAL(files.size(), 3u);
  BOOST_TEST(files[0].path.filename() == "echo.so");
  BOOST_TEST(files[1].path.filename() == "newer.so");
  BOOST_TEST(files[2].path.filename() == "two_types.so");
  BOOST_TEST(files[2].types == (std::vector<std::string>{"First", "Second"}));
  BOOST_TEST(registry.types().size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_newer_minor_version_loads) {
  Directory directory;
  directory.add("newer");
  BOOST_TEST(loader::Registry().load({directory.path()}).at(0).loaded);
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

BOOST_AUTO_TEST_CASE(the_default_directory_is_relative_to_the_executable) {
  const fs::path expected = fs::path(MESSENGER_TEST_PLUGIN_DIR).parent_path().parent_path() / "plugins";
  std::error_code ignored;
  fs::create_directory(expected, ignored);
  BOOST_TEST(loader::default_plugin_directory() == expected);
}
