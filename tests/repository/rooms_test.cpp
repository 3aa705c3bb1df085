// SPDX-License-Identifier: Apache-2.0
// The edges between the rooms, as docs/architecture.md draws them: who may include what.
#include <boost/test/unit_test.hpp>
#include <regex>

#include "source_file.hpp"

using namespace messenger::test;

namespace {

// Every header that the sources below a directory include.
std::vector<std::pair<std::string, std::string>> includes(const std::string& directory) {
  const std::regex include("(^|\n)\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]");
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto& file : files_below(directory, {".c", ".cpp", ".h", ".hpp"})) {
    const auto text = read(file);
    for (std::sregex_iterator match(text.begin(), text.end(), include), end; match != end; ++match) {
      found.emplace_back(std::filesystem::relative(file, source_directory).string(), (*match)[2].str());
    }
  }
  BOOST_TEST_REQUIRE(!found.empty());
  return found;
}

void forbid(const std::string& directory, const std::string& pattern) {
  const std::regex forbidden(pattern);
  for (const auto& [file, header] : includes(directory)) {
    BOOST_TEST(!std::regex_search(header, forbidden), file << " includes " << header);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_c_abi_needs_standard_headers_only) {
  const std::regex allowed("^(stddef|stdint)\\.h$|^messenger/plugin\\.h$");
  for (const auto& [file, header] : includes("plugin_api/include/messenger")) {
    if (file.ends_with(".h")) {
      BOOST_TEST(std::regex_search(header, allowed), file << " includes " << header);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_plugin_api_knows_none_of_us_and_no_package_but_boost_json) {
  forbid("plugin_api", "^messenger/(loader|http_service)|^curl/|^boost/(?!json)");
}

BOOST_AUTO_TEST_CASE(messengers_know_neither_the_loader_nor_the_host_nor_each_other) {
  forbid("messengers", "^messenger/(loader|http_service)|^curl/|^boost/dll|^runtime/|^cli/");
  forbid("messengers/generic", "^twilio/");
  forbid("messengers/twilio", "^generic/");
  forbid("messengers/common", "^(twilio|generic)/");
}

BOOST_AUTO_TEST_CASE(the_loader_knows_no_messenger_and_no_http) {
  forbid("loader/src", "^curl/|^messenger/http|^generic/|^twilio/|^runtime/");
  forbid("loader/include", "^boost/|^curl/|^messenger/http");
}

BOOST_AUTO_TEST_CASE(the_http_service_knows_the_abi_and_its_small_types_only) {
  forbid("loader/http",
         "^messenger/(?!plugin\\.h|http\\.h|http_service\\.h|issue\\.hpp|secret\\.hpp|detail/"
         "(http|request)_syntax\\.hpp)|^boost/(json|dll)");
}

BOOST_AUTO_TEST_CASE(the_host_knows_no_messenger_and_its_runtime_no_command_line) {
  forbid("host_example", "^generic/|^twilio/|^curl/|^boost/dll");
  forbid("host_example/runtime", "^CLI/|^(cli|conformance|store|delivery|api)/");
}

BOOST_AUTO_TEST_CASE(a_package_of_the_host_is_known_where_it_is_needed) {
  const std::vector<std::pair<std::regex, std::regex>> homes{
      {std::regex("^nlohmann/"), std::regex("api/patch\\.cpp$")},
      {std::regex("^soci/sqlite3|^sqlite3"), std::regex("store/sqlite_(connection|process)\\.cpp$")},
      {std::regex("^soci/postgresql|^libpq"), std::regex("store/postgres_")},
      {std::regex("^soci/"), std::regex("/store/")},
      {std::regex("^prometheus/"), std::regex("api/metric\\w*\\.[ch]pp$")},
      {std::regex("^CLI/"), std::regex("cli/(main\\.cpp|options\\.[ch]pp)$")},
      {std::regex("^boost/(beast|asio/ssl)"), std::regex("api/(asio|connection|server)\\.[ch]pp$")}};
  for (const auto& [file, header] : includes("host_example")) {
    for (const auto& [package, home] : homes) {
      BOOST_TEST((!std::regex_search(header, package) || std::regex_search(file, home)),
                 file << " includes " << header);
    }
  }
}

BOOST_AUTO_TEST_CASE(store_delivery_and_routes_can_be_taken_as_libraries) {
  forbid("host_example/store", "^CLI/|^boost/(asio|beast)|^(runtime|delivery|api|cli|conformance)/|^messenger/loader");
  forbid("host_example/delivery", "^CLI/|^boost/beast|^soci/|^(api|cli|conformance)/");
  forbid("host_example/api", "^CLI/|^soci/|^sodium|^(cli|conformance)/");
}

BOOST_AUTO_TEST_CASE(the_conformance_check_is_a_host_of_its_own_and_shares_only_what_examines) {
  forbid("host_example/conformance", "^CLI/|^cli/|^runtime/|^messenger/(http_service|loader/(?!report\\.hpp))");
  forbid("host_example/conformance",
         "^loader/(?!src/(candidate|config|elf_check|json_check|library|schema_secrets|table_check|utf8)\\.hpp$)");
  forbid("host_example/runtime", "^loader/src");
  forbid("host_example/cli", "^loader/src");
  forbid("loader", "^conformance/|^cli/");
}

BOOST_AUTO_TEST_CASE(nothing_links_a_messenger) {
  const std::regex edge("target_link_libraries\\([^)]*messenger_(generic|twilio)[^)]*\\)");
  for (const char* room : {"host_example", "loader", "plugin_api"}) {
    for (const auto& file : files_below(room, {".txt"})) {
      BOOST_TEST(!std::regex_search(read(file), edge), file.string());
    }
  }
}
