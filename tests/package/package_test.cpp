// SPDX-License-Identifier: Apache-2.0
// What `cmake --install` lays down, moved to another prefix and used by a project that knows nothing else.
#include <boost/test/unit_test.hpp>

#include "certificate.hpp"
#include "process.hpp"

using namespace messenger::test;

namespace {

void must(const std::vector<std::string>& command, const std::vector<std::string>& environment = {}) {
  const Finished finished = run(command, environment);
  if (finished.status != 0) {
    throw std::runtime_error(command.front() + ": " + finished.out + finished.err);
  }
}

// The package and the project that uses it, made once for all tests.
struct Installed {
  Installed() {
    must({MESSENGER_CMAKE, "--install", MESSENGER_BUILD_DIR, "--prefix", directory.path("first")});
    std::filesystem::rename(directory.path("first"), prefix);
    std::filesystem::copy(MESSENGER_PACKAGE_PROJECT, directory.path("project"),
                          std::filesystem::copy_options::recursive);
    std::filesystem::copy(MESSENGER_EXAMPLES "/deliver.cpp", directory.path("project/my_host.cpp"));
    must({MESSENGER_CMAKE, "-G", "Ninja", "-S", directory.path("project"), "-B", build, "-DCMAKE_PREFIX_PATH=" + prefix,
          "-DCMAKE_COMPILE_WARNING_AS_ERROR=ON", "-DCMAKE_C_FLAGS=-Wall -Wextra -Wpedantic -Wconversion -Wshadow",
          "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Wconversion -Wshadow"});
    must({MESSENGER_CMAKE, "--build", build, "--parallel", "2"});
  }

  std::string library(const std::string& name) const { return prefix + "/" MESSENGER_LIBDIR "/" + name; }
  std::string plugins() const { return library("messenger/plugins"); }

  TemporaryDirectory directory;
  std::string prefix = directory.path("moved");
  std::string build = directory.path("build");
  Process simulator{{MESSENGER_BIN_DIR "/provider-simulator"}};
  std::string url = simulator.read_line();
};

const Installed& installed() {
  static const Installed one;
  return one;
}

// The symbols that a library exports, one a line.
std::string symbols(const std::string& library) {
  const Finished nm = run({MESSENGER_NM, "-D", "--defined-only", "--format=just-symbols", library});
  BOOST_TEST(nm.status == 0, nm.err);
  return nm.out;
}

std::string output(const std::vector<std::string>& command) {
  const Finished finished = run(command);
  BOOST_TEST(finished.status == 0, finished.err);
  return finished.out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_host_in_cpp_sends_through_its_own_plugins_and_the_installed_ones) {
  const auto& here = installed();
  BOOST_TEST(output({here.build + "/host_cpp", here.plugins(), here.build + "/plugins", here.url}) ==
             "Sink OK si\nJsonPost OK \nGeneric OK \nTwilio OK SM\nNobody unknown_type\n");
}

BOOST_AUTO_TEST_CASE(a_host_delivers_durably_with_the_library_and_no_other_package) {
  const auto& here = installed();
  const std::string messenger = R"({"messenger":{"name":"Sms","type":"Generic","url":")" + here.url +
                                R"(/webhook","connectTimeout":2000,"readTimeout":2000}})";
  const auto out = output({here.build + "/my_host", "sqlite:" + here.directory.path("messages.db"), here.plugins(),
                           messenger, "+15551230001", "Hello"});
  BOOST_TEST(out.find(R"("state":"sent")") != std::string::npos, out);
  const auto needed = output({"/usr/bin/readelf", "-d", here.build + "/my_host"});
  for (const char* const none : {"boost", "soci", "CLI", "sodium"}) {
    BOOST_TEST(needed.find(none) == std::string::npos, needed);
  }
}

BOOST_AUTO_TEST_CASE(a_host_in_c_sends_without_the_loader) {
  const auto& here = installed();
  const auto out = output({here.build + "/host_c", here.plugins() + "/messenger_twilio.so", here.url});
  BOOST_TEST(out.starts_with("Twilio 0 SM"), out);
}

BOOST_AUTO_TEST_CASE(a_host_uses_libcurl_itself_beside_the_http_service) {
  const auto& here = installed();
  BOOST_TEST(output({here.build + "/curl_beside", here.plugins(), here.url}) ==
             "before 200\nfirst OK\nwhile 200\nfirst OK\nafter 200\nsecond OK\n");
}

BOOST_AUTO_TEST_CASE(the_installed_host_finds_its_libraries_and_plugins) {
  const auto& here = installed();
  const auto out = output({here.prefix + "/bin/messenger-host", "plugins"});
  BOOST_TEST(out.find(here.plugins() + "/messenger_twilio.so") != std::string::npos, out);
  BOOST_TEST(out.find(here.plugins() + "/messenger_generic.so") != std::string::npos, out);
}

BOOST_AUTO_TEST_CASE(pkg_config_and_a_compiler_do_as_well) {
  const auto& here = installed();
  const std::string made = here.directory.path("made");
  std::filesystem::create_directory(made);
  must({"/bin/sh", "-c", "cd '" + here.directory.path("project") + "' && exec ./with_pkg_config.sh '" + made + "'"},
       {"CFLAGS=-std=c99 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror",
        "LDFLAGS=-Wl,-rpath," + here.library(""), "PKG_CONFIG_PATH=" + here.library("pkgconfig")});
  BOOST_TEST(symbols(made + "/sink.so") == "msgr_plugin_v1\n");
  const auto out = output({made + "/host_c", here.plugins() + "/messenger_twilio.so", here.url});
  BOOST_TEST(out.starts_with("Twilio 0 SM"), out);
}

BOOST_AUTO_TEST_CASE(each_plugin_exports_its_entry_and_nothing_else) {
  const auto& here = installed();
  for (const auto& directory : {here.plugins(), here.build + "/plugins"}) {
    for (const auto& file : std::filesystem::directory_iterator(directory)) {
      BOOST_TEST(symbols(file.path().string()) == "msgr_plugin_v1\n", file.path().string());
    }
  }
}

#if MESSENGER_SHARED
BOOST_AUTO_TEST_CASE(the_http_service_exports_its_c_functions) {
  BOOST_TEST(symbols(installed().library("libmessenger_http.so")) ==
             "msgr_http_service_create\nmsgr_http_service_destroy\n"
             "msgr_http_service_get_stats\nmsgr_http_service_table\n");
}

BOOST_AUTO_TEST_CASE(the_delivery_library_exports_its_own_names_only) {
  const Finished nm = run({MESSENGER_NM, "-DC", "--defined-only", "--format=just-symbols",
                           installed().library("libmessenger_delivery.so")});
  std::istringstream lines(nm.out);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    BOOST_TEST(line.find("messenger::delivery::") != std::string::npos, line);
  }
  BOOST_TEST(count > 10U);
}

BOOST_AUTO_TEST_CASE(the_loader_exports_its_public_cpp_api) {
  const std::string name = "messenger::loader::";
  const Finished nm = run(
      {MESSENGER_NM, "-DC", "--defined-only", "--format=just-symbols", installed().library("libmessenger_loader.so")});
  std::istringstream lines(nm.out);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const bool is_public = line.starts_with(name + "Registry::") || line.ends_with(" for " + name + "Error") ||
                           line.starts_with(name + "to_string(") || line.starts_with(name + "outcome_from(") ||
                           line.starts_with(name + "default_plugin_directory");
    BOOST_TEST((is_public && line.find("Impl::") == std::string::npos), line);
  }
  BOOST_TEST(count >= 15U);
}
#endif
