// SPDX-License-Identifier: Apache-2.0
// What the documentation quotes stands so in a compiled file, and what it links to is there.
#include <boost/test/unit_test.hpp>
#include <regex>

#include "source_file.hpp"

using namespace messenger::test;

namespace {

std::vector<std::filesystem::path> documents() {
  auto files = files_below("docs", {".md"});
  for (const char* name : {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/simulator/README.md"}) {
    files.push_back(source_directory / name);
  }
  return files;
}

}  // namespace

BOOST_AUTO_TEST_CASE(quoted_code_is_compiled_code) {
  const std::regex quote("<!-- from (\\S+) -->\n```\\w*\n([\\s\\S]*?)```");
  std::size_t quotes = 0;
  for (const auto& document : documents()) {
    const auto text = read(document);
    for (std::sregex_iterator match(text.begin(), text.end(), quote), end; match != end; ++match, ++quotes) {
      const auto source = read(source_directory / (*match)[1].str());
      BOOST_TEST(source.find((*match)[2].str()) != std::string::npos,
                 document.filename().string() << " does not quote " << (*match)[1].str() << " as it is");
    }
  }
  BOOST_TEST(quotes >= 5U);
}

BOOST_AUTO_TEST_CASE(every_cpp_block_names_the_file_it_is_from) {
  const std::regex unnamed("(^|[^>]\n)```(cpp|c|cmake)\n");
  for (const auto& document : documents()) {
    const auto text = read(document);
    BOOST_TEST(!std::regex_search(text, unnamed), document.string());
  }
}

BOOST_AUTO_TEST_CASE(links_lead_somewhere) {
  const std::regex link("\\]\\(([^):#]+)\\)");
  for (const auto& document : documents()) {
    const auto text = read(document);
    for (std::sregex_iterator match(text.begin(), text.end(), link), end; match != end; ++match) {
      const auto target = document.parent_path() / (*match)[1].str();
      BOOST_TEST(std::filesystem::exists(target), document.filename().string() << " links to " << (*match)[1].str());
    }
  }
}

BOOST_AUTO_TEST_CASE(the_minimal_messenger_has_at_most_60_lines) {
  const auto text = read(source_directory / "docs/examples/minimal_messenger.cpp");
  BOOST_TEST(std::count(text.begin(), text.end(), '\n') <= 60);
}
