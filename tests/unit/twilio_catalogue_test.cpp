// SPDX-License-Identifier: Apache-2.0
// The table of operations agrees with itself.
#include "twilio/operations/catalogue.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "twilio/dialing_code.hpp"

using namespace messenger::twilio;

namespace {

std::vector<std::string> placeholders(std::string_view path) {
  std::vector<std::string> names;
  for (std::size_t at = path.find('{'); at != std::string_view::npos; at = path.find('{', at + 1)) {
    names.emplace_back(path.substr(at + 1, path.find('}', at) - at - 1));
  }
  return names;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_part_of_a_path_is_a_parameter_that_needs_no_encoding) {
  for (const Entry& entry : catalogue()) {
    for (const std::string& name : placeholders(entry.path)) {
      if (name == "AccountSid") {
        continue;
      }
      BOOST_TEST_CONTEXT(entry.name << " " << name) {
        const Parameter* parameter = find_parameter(entry, name);
        BOOST_REQUIRE(parameter != nullptr);
        BOOST_TEST(entry.in_path(name));
        BOOST_TEST((parameter->rule == Rule::sid || parameter->rule == Rule::country));
        BOOST_TEST((parameter->required || entry.answer == Answer::quote));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_parameter_is_declared_once_and_its_rule_is_complete) {
  for (const Entry& entry : catalogue()) {
    std::set<std::string_view> names;
    for (const Parameter& parameter : entry.parameters) {
      BOOST_TEST_CONTEXT(entry.name << " " << parameter.name) {
        BOOST_TEST(names.insert(parameter.name).second);
        const bool listed = parameter.rule == Rule::sid || parameter.rule == Rule::choice;
        BOOST_TEST(parameter.argument.empty() == !listed);
        BOOST_TEST((parameter.rule != Rule::integer || parameter.max > parameter.min));
        BOOST_TEST(requirement(parameter).starts_with("must be "));
      }
    }
    BOOST_TEST((!entry.list() || !entry.resource->key.empty()));
    BOOST_TEST((entry.product == Product::api) == entry.path.starts_with("/2010-04-01/"));
    BOOST_TEST((entry.product == Product::api || entry.path.starts_with("/v1/")));
  }
}

BOOST_AUTO_TEST_CASE(a_number_tells_its_country) {
  const std::pair<const char*, const char*> numbers[] = {{"+15005550006", "US"},
                                                         {"+14165550100", "CA"},
                                                         {"+18765550100", "JM"},
                                                         {"+4930123456", "DE"},
                                                         {"+33612345678", "FR"},
                                                         {"+79161234567", "RU"},
                                                         {"+77011234567", "KZ"},
                                                         {"+5999123456", "CW"},
                                                         {"+599123456", "BQ"},
                                                         {"+999123456", ""},
                                                         {"+800123456", ""},
                                                         {"4930123456", ""},
                                                         {"+", ""},
                                                         {"", ""},
                                                         {"whatsapp:+49", ""},
                                                         {"+3531", "IE"}};
  for (const auto& [number, country] : numbers) {
    BOOST_TEST(country_of(number) == country, number);
  }
}
