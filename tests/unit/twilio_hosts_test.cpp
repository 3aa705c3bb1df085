// SPDX-License-Identifier: Apache-2.0
#include "twilio/hosts.hpp"

#include <boost/test/unit_test.hpp>
#include <tuple>

#include "twilio/config.hpp"

using namespace messenger;
using namespace messenger::twilio;

namespace {

std::string url(Product product, const std::string& url, const std::string& edge = "", const std::string& region = "") {
  Config config;
  config.url = url;
  config.edge = edge;
  config.region = region;
  config.account_sid = "AC";
  return base_url(config, product);
}

std::vector<std::string> problems(const std::string& url, const std::string& edge, const std::string& region = "") {
  Config config;
  config.url = url;
  config.edge = edge;
  config.region = region;
  Issues issues;
  check_config(config, issues);
  std::vector<std::string> found;
  for (const Issue& issue : issues) {
    found.push_back(issue.pointer);
  }
  return found;
}

}  // namespace

BOOST_AUTO_TEST_CASE(twilios_hosts_follow_product_edge_and_region) {
  const std::string plain = "https://api.twilio.com";
  const std::tuple<std::string, std::string, std::string, std::string> rows[] = {
      {plain, "", "", "twilio.com"},
      {plain + "/", "dublin", "", "dublin.us1.twilio.com"},
      {plain, "dublin", "ie1", "dublin.ie1.twilio.com"},
      {plain, "", "au1", "au1.twilio.com"},
      {"https://api.ie1.twilio.com", "", "", "ie1.twilio.com"},
      {"https://api.ie1.twilio.com", "dublin", "", "dublin.ie1.twilio.com"},
      {"https://api.dublin.ie1.twilio.com", "", "", "dublin.ie1.twilio.com"},
      {"https://api.dublin.ie1.twilio.com", "sydney", "au1", "sydney.au1.twilio.com"}};
  for (const auto& [given, edge, region, place] : rows) {
    BOOST_TEST_CONTEXT(given << " " << edge << " " << region) {
      BOOST_TEST(url(Product::api, given, edge, region) == "https://api." + place);
      BOOST_TEST(url(Product::messaging, given, edge, region) == "https://messaging." + place);
      BOOST_TEST(url(Product::pricing, given, edge, region) == "https://pricing." + place);
    }
  }
}

BOOST_AUTO_TEST_CASE(another_server_stands_in_for_all) {
  for (const std::string server :
       {"http://127.0.0.1:8025", "https://[::1]:8025/twilio", "https://twilio.com", "https://api.twilio.com.example",
        "https://apitwilio.com", "https://a.b.c.d.twilio.com"}) {
    for (const Product product : {Product::api, Product::messaging, Product::pricing}) {
      BOOST_TEST(url(product, server + "//") == server);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_product_can_have_a_server_of_its_own) {
  Config config;
  config.url = "https://api.twilio.com";
  config.messaging_url = "http://m/";
  config.pricing_url = "http://p/x";
  BOOST_TEST(base_url(config, Product::api) == "https://api.twilio.com");
  BOOST_TEST(base_url(config, Product::messaging) == "http://m");
  BOOST_TEST(base_url(config, Product::pricing) == "http://p/x");
}

BOOST_AUTO_TEST_CASE(edge_and_region_are_labels_of_twilios_hosts) {
  using Found = std::vector<std::string>;
  BOOST_TEST(problems("https://api.twilio.com", "dublin", "ie1") == Found{});
  BOOST_TEST(problems("http://127.0.0.1", "") == Found{});
  BOOST_TEST(problems("https://api.twilio.com", "a.evil", "b/c") == (Found{"/edge", "/region"}));
  BOOST_TEST(problems("http://127.0.0.1", "dublin", "ie1") == (Found{"/edge", "/region"}));
}

BOOST_AUTO_TEST_CASE(servers_are_compared_by_scheme_host_and_port) {
  const auto same = [](std::string_view a, std::string_view b) { return is_same_server(a, b); };
  BOOST_TEST(same("https://h/a", "HTTPS://H:443/b"));
  BOOST_TEST(same("http://h", "http://h:80"));
  BOOST_TEST(same("https://[::1]/", "https://[::1]:443"));
  BOOST_TEST(same("https://api.twilio.com", "https://api.dublin.ie1.twilio.com"));
  BOOST_TEST(!same("https://api.twilio.com", "https://messaging.twilio.com"));
  BOOST_TEST(!same("https://h", "http://h"));
  BOOST_TEST(!same("https://h", "https://h:444"));
  BOOST_TEST(!same("https://h", "https://g"));
  BOOST_TEST(!same("https://[::1]", "https://[::2]"));
  BOOST_TEST(!same("", "https://h"));
}
