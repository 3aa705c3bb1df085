// SPDX-License-Identifier: Apache-2.0
// Addresses, ranges, and what the egress policy makes of them.
#include <netinet/in.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "address.hpp"
#include "egress.hpp"

using messenger::Issues;
using messenger::http::Address;
using messenger::http::EgressPolicy;
using messenger::http::Range;
namespace data = boost::unit_test::data;

namespace {

std::string why_blocked(const char* address, std::vector<const char*> allow = {}, std::vector<const char*> plain = {},
                        bool is_plain = false) {
  allow.push_back(nullptr);
  plain.push_back(nullptr);
  msgr_http_service_options options{};
  options.allow_ranges = allow.data();
  options.http_ranges = plain.data();
  Issues issues;
  const EgressPolicy policy(options, issues);
  BOOST_TEST_REQUIRE(issues.empty());
  return policy.why_blocked(Address::parse(address).value(), is_plain);
}

bool says(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_address_reads_and_writes) {
  for (const char* text : {"127.0.0.1", "255.255.255.255", "::1", "2001:db8::1", "fe80::1"}) {
    BOOST_TEST(Address::parse(text).value().text() == text);
  }
  BOOST_TEST(Address::parse("::ffff:10.1.2.3").value().text() == "10.1.2.3");
  for (const char* text : {"", "localhost", "1.2.3", "1.2.3.4.5", "010.0.0.1", "[::1]", "::1%lo", "1.2.3.4 "}) {
    BOOST_TEST(!Address::parse(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(an_address_comes_from_a_socket_address) {
  sockaddr_in four{};
  four.sin_family = AF_INET;
  four.sin_addr.s_addr = htonl(0x7f000001);
  BOOST_TEST(Address::of(reinterpret_cast<sockaddr&>(four)).value().text() == "127.0.0.1");
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  six.sin6_addr = in6addr_loopback;
  BOOST_TEST(Address::of(reinterpret_cast<sockaddr&>(six)).value().text() == "::1");
  four.sin_family = AF_UNIX;
  BOOST_TEST(!Address::of(reinterpret_cast<sockaddr&>(four)).has_value());
}

BOOST_AUTO_TEST_CASE(a_range_contains_what_shares_its_prefix) {
  struct Row {
    const char *range, *inside, *outside;
  };
  for (const Row& row :
       {Row{"10.0.0.0/8", "10.255.255.255", "11.0.0.0"}, Row{"172.16.0.0/12", "172.31.0.1", "172.32.0.0"},
        Row{"192.0.2.1", "192.0.2.1", "192.0.2.2"}, Row{"192.0.2.6/31", "192.0.2.7", "192.0.2.8"},
        Row{"fd00::/8", "fdff::1", "fe00::1"}, Row{"::1", "::1", "::2"}, Row{"0.0.0.0/0", "255.0.0.1", "2001:db8::1"},
        Row{"2001:db8::/33", "2001:db8:7fff::", "2001:db8:8000::"}}) {
    const auto range = Range::parse(row.range).value();
    BOOST_TEST(range.contains(Address::parse(row.inside).value()), row.range);
    BOOST_TEST(!range.contains(Address::parse(row.outside).value()), row.range);
  }
  BOOST_TEST(Range::parse("::/0").value().contains(Address::parse("10.0.0.1").value()));
}

BOOST_AUTO_TEST_CASE(a_malformed_range_is_refused) {
  for (const char* text : {"", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0.1/8",
                           "fd00::/129", "10.0.0/8", "example.com", "10.0.0.0/8/8"}) {
    BOOST_TEST(!Range::parse(text).has_value(), text);
  }
}

// Every way to write an address that is not a public one. The default policy lets none of them through.
BOOST_DATA_TEST_CASE(what_is_not_public_is_blocked,
                     data::make({"0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "172.16.0.1",
                                 "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
                                 "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fc00::1", "fd12::1",
                                 "fec0::1", "ff02::1", "100::1", "2001:db8::1", "2001::1", "64:ff9b:1::1",
                                 // IPv4 in IPv6: mapped, compatible, NAT64, 6to4
                                 "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::10.0.0.1",
                                 "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::", "2002:a00:1::5",
                                 // translated, documentation
                                 "::ffff:0:127.0.0.1", "::ffff:0:10.0.0.1", "3fff::1", "100:0:0:1::1"}),
                     address) {
  BOOST_TEST(says(why_blocked(address), "its setting allow_ranges can."), address);
}

BOOST_DATA_TEST_CASE(link_local_and_metadata_are_blocked_whatever_is_allowed,
                     data::make({"169.254.169.254", "169.254.0.1", "fe80::1", "fd00:ec2::254", "fd20:ce::254",
                                 "100.100.100.200", "168.63.129.16", "192.0.0.192", "::ffff:169.254.169.254",
                                 "::169.254.169.254", "64:ff9b::169.254.169.254",
                                 "2002:a9fe:a9fe::", "::ffff:0:169.254.169.254",
                                 // a translator of the host's own, with a prefix of 96 and of 48 bits
                                 "64:ff9b:1::169.254.169.254", "64:ff9b:1:a9fe:a9:fe00::"}),
                     address) {
  BOOST_TEST(says(why_blocked(address), "no setting can."));
  BOOST_TEST(says(why_blocked(address, {"0.0.0.0/0", "::/0"}, {"0.0.0.0/0", "::/0"}), "no setting can."));
}

BOOST_AUTO_TEST_CASE(public_addresses_are_allowed_over_https) {
  for (const char* address : {"1.1.1.1", "8.8.8.8", "172.32.0.1", "2606:4700::1111", "64:ff9b::8.8.8.8",
                              "2002:808:808::", "::ffff:8.8.8.8"}) {
    BOOST_TEST(why_blocked(address) == "");
  }
}

BOOST_AUTO_TEST_CASE(a_range_that_the_host_names_is_allowed_in_every_form) {
  for (const char* address : {"10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3", "2002:a01:203::"}) {
    BOOST_TEST(why_blocked(address, {"10.1.0.0/16"}) == "");
    BOOST_TEST(why_blocked(address, {"10.2.0.0/16"}) != "");
  }
}

BOOST_AUTO_TEST_CASE(plain_http_goes_to_named_ranges_only) {
  BOOST_TEST(says(why_blocked("8.8.8.8", {}, {}, true), "http_ranges"));
  BOOST_TEST(why_blocked("8.8.8.8", {}, {"8.8.8.0/24"}, true) == "");
  BOOST_TEST(says(why_blocked("10.0.0.1", {}, {"10.0.0.0/8"}, true), "allow_ranges"));
  BOOST_TEST(says(why_blocked("10.0.0.1", {"10.0.0.0/8"}, {}, true), "http_ranges"));
  BOOST_TEST(why_blocked("10.0.0.1", {"10.0.0.0/8"}, {"10.0.0.0/8"}, true) == "");
}

BOOST_AUTO_TEST_CASE(a_block_names_the_address_and_its_range) {
  BOOST_TEST(
      why_blocked("10.0.0.5") ==
      "The host does not allow connections to 10.0.0.5, which is in 10.0.0.0/8 (private); its setting allow_ranges "
      "can.");
}
