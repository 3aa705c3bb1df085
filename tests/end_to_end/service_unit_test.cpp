// SPDX-License-Identifier: Apache-2.0
// packaging/messenger-host.service: that it is what systemd takes, and that the host runs as it says.
#include <signal.h>

#include <boost/algorithm/string/replace.hpp>
#include <boost/algorithm/string/split.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <regex>
#include <sstream>

#include "served_host.hpp"

using namespace messenger::test;

namespace {

const std::string unit = contents(MESSENGER_SOURCE_DIR "/packaging/messenger-host.service");
const std::string program = bin + "/messenger-host";

/// What stands behind "NAME=", of every such line.
std::vector<std::string> values(const std::string& name) {
  std::vector<std::string> found;
  std::istringstream lines(unit);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(name + "=")) {
      found.push_back(line.substr(name.size() + 1));
    }
  }
  BOOST_TEST_REQUIRE(!found.empty(), name);
  return found;
}

std::string value(const std::string& name) {
  return values(name).front();
}

std::string help() {
  return run({program, "serve", "--help"}).out;
}

/// The unit as it may stand on this machine: the program is the one that was built.
std::string installed(const TemporaryDirectory& directory) {
  return directory.write("messenger-host.service",
                         boost::replace_first_copy(unit, "ExecStart=messenger-host", "ExecStart=" + program));
}

bool has_systemd() {
  return std::filesystem::exists("/usr/bin/systemd-analyze");
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_setting_of_the_service_has_its_reason_above_it) {
  std::istringstream lines(unit.substr(unit.find("[Unit]")));
  bool is_explained = false;
  std::size_t settings = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with("[")) {
      is_explained = line == "[Unit]" || line == "[Install]";
    } else if (line.starts_with("#")) {
      is_explained = true;
    } else {
      BOOST_TEST(is_explained, line);
      ++settings;
    }
  }
  BOOST_TEST(settings > 40U);
}

BOOST_AUTO_TEST_CASE(every_flag_and_variable_is_one_of_the_hosts) {
  const std::string flags = help();
  std::vector<std::string> words;
  const std::string start = value("ExecStart");
  boost::split(words, start, [](char character) { return character == ' '; });
  for (const std::string& word : words) {
    if (word.starts_with("--") && word != "--settings") {
      BOOST_TEST(flags.find(word + " ") != std::string::npos, word);
    }
  }
  BOOST_TEST(run({program, "--help"}).out.find("--settings") != std::string::npos);
  for (const std::string& assignment : values("Environment")) {
    const std::string name = assignment.substr(0, assignment.find('='));
    BOOST_TEST(flags.find(name) != std::string::npos, name);
  }
}

BOOST_AUTO_TEST_CASE(it_is_stopped_later_than_it_drains) {
  std::smatch drain;
  const std::string flags = help();
  BOOST_TEST_REQUIRE(std::regex_search(flags, drain, std::regex("--drain-timeout .*=(\\d+)")));
  BOOST_TEST(std::stoi(value("TimeoutStopSec")) > std::stoi(drain[1]) + 10);
}

BOOST_AUTO_TEST_CASE(the_host_runs_as_the_unit_says_and_reads_its_settings_again) {
  const TemporaryDirectory directory;
  directory.write("host.toml", "[serve]\nlisten = \"127.0.0.1:0\"\n");
  directory.write("api-key", key + "\n");
  std::filesystem::create_directory(directory.path("messenger"));
  const auto here = [&](std::string text) {
    boost::replace_all(text, "/etc/messenger", directory.path(""));
    boost::replace_all(text, "%d", directory.path(""));
    boost::replace_all(text, "%S", directory.path(""));
    return text;
  };
  std::vector<std::string> words;
  const std::string start = here(value("ExecStart"));
  boost::split(words, start, [](char character) { return character == ' '; });
  words.front() = program;
  Process process(words, {here(value("Environment"))});
  const std::string line = process.read_line();
  ApiClient client(line.substr(line.rfind(' ') + 1), key);
  BOOST_TEST(client.get("/api/messenger").status == 200U);
  BOOST_TEST(std::filesystem::exists(directory.path("messenger/host.db")));
  BOOST_TEST(value("ExecReload") == "/bin/kill -HUP $MAINPID");
  process.signal(SIGHUP);
  BOOST_TEST(client.get("/api/messenger").status == 200U);
  process.signal(SIGTERM);
  const auto finished = process.wait();
  BOOST_TEST(finished.status == 0);
  BOOST_TEST(finished.err.find("The settings were read again.") != std::string::npos, finished.err);
}

BOOST_AUTO_TEST_CASE(systemd_finds_nothing_wrong, *boost::unit_test::precondition([](auto) { return has_systemd(); })) {
  const TemporaryDirectory directory;
  const auto verified = run({"/usr/bin/systemd-analyze", "verify", "--man=no", installed(directory)});
  BOOST_TEST(verified.status == 0);
  BOOST_TEST(verified.err.find("messenger-host.service") == std::string::npos, verified.err);
}

BOOST_AUTO_TEST_CASE(systemd_calls_its_exposure_low,
                     *boost::unit_test::precondition([](auto) { return has_systemd(); })) {
  const TemporaryDirectory directory;
  const auto judged = run(
      {"/usr/bin/systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", installed(directory)});
  BOOST_TEST(judged.status == 0, judged.out);
}
