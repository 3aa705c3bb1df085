// SPDX-License-Identifier: Apache-2.0
#include "egress.hpp"

#include <algorithm>
#include <array>

namespace messenger::http {

namespace {

struct NamedRange {
  const char* text;
  const char* name;
};

// Where a cloud hands its credentials to whoever asks from inside.
constexpr std::array<NamedRange, 7> never_allowed{{{"169.254.0.0/16", "link-local, with cloud metadata"},
                                                   {"100.100.100.200", "cloud metadata"},
                                                   {"168.63.129.16", "cloud metadata"},
                                                   {"192.0.0.192", "cloud metadata"},
                                                   {"fe80::/10", "link-local"},
                                                   {"fd00:ec2::/32", "cloud metadata"},
                                                   {"fd20:ce::/32", "cloud metadata"}}};

constexpr const char* local_translation = "64:ff9b:1::/48";

// https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry, multicast and reserved.
constexpr std::array<NamedRange, 26> special{{{"0.0.0.0/8", "this network"},
                                              {"10.0.0.0/8", "private"},
                                              {"100.64.0.0/10", "shared address space"},
                                              {"127.0.0.0/8", "loopback"},
                                              {"172.16.0.0/12", "private"},
                                              {"192.0.0.0/24", "protocol assignments"},
                                              {"192.0.2.0/24", "documentation"},
                                              {"192.88.99.0/24", "6to4 relays"},
                                              {"192.168.0.0/16", "private"},
                                              {"198.18.0.0/15", "benchmarking"},
                                              {"198.51.100.0/24", "documentation"},
                                              {"203.0.113.0/24", "documentation"},
                                              {"224.0.0.0/4", "multicast"},
                                              {"240.0.0.0/4", "reserved"},
                                              {"::", "unspecified"},
                                              {"::1", "loopback"},
                                              {local_translation, "local translation"},
                                              {"100::/64", "discard"},
                                              {"100:0:0:1::/64", "dummy prefix"},
                                              {"2001::/23", "protocol assignments"},
                                              {"2001:db8::/32", "documentation"},
                                              {"3fff::/20", "documentation"},
                                              {"fc00::/7", "private"},
                                              {"fec0::/10", "site-local"},
                                              {"ff00::/8", "multicast"},
                                              {"5f00::/16", "segment routing"}}};

struct Table {
  explicit Table(const auto& named) {
    for (const NamedRange& one : named) {
      ranges.emplace_back(Range::parse(one.text).value(), &one);
    }
  }
  const NamedRange* find(const Address& address) const noexcept {
    const auto at =
        std::find_if(ranges.begin(), ranges.end(), [&](const auto& r) { return r.first.contains(address); });
    return at == ranges.end() ? nullptr : at->second;
  }
  std::vector<std::pair<Range, const NamedRange*>> ranges;
};

bool contains(const std::vector<Range>& ranges, const Address& address) noexcept {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) { return range.contains(address); });
}

}  // namespace

std::vector<Range> read_ranges(const char* const* list, const std::string& name, Issues& issues) {
  std::vector<Range> ranges;
  for (std::size_t i = 0; list != nullptr && list[i] != nullptr; ++i) {
    if (const auto range = Range::parse(list[i])) {
      ranges.push_back(*range);
    } else {
      issues.push_back({"/" + name + "/" + std::to_string(i), "invalid",
                        "\"" + std::string(list[i]) + "\" is neither an address nor a range such as 10.0.0.0/8."});
    }
  }
  return ranges;
}

EgressPolicy::EgressPolicy(const msgr_http_service_options& options, Issues& issues)
    : allowed_(read_ranges(options.allow_ranges, "allow_ranges", issues)),
      plain_http_(read_ranges(options.http_ranges, "http_ranges", issues)) {}

std::string EgressPolicy::why_blocked(const Address& address, bool plain_http) const {
  static const Table never_table(never_allowed);
  static const Table special_table(special);
  const Address reached = address.unwrapped();
  const auto in = [&](const NamedRange& range) {
    return "The host does not allow connections to " + address.text() + ", which is in " + range.text + " (" +
           range.name + ")";
  };
  if (const auto* const range = never_table.find(reached)) {
    return in(*range) + "; no setting can.";
  }
  static const Range own_translator = Range::parse(local_translation).value();
  if (own_translator.contains(reached)) {
    for (const Address& behind : reached.translated()) {
      if (const auto* const range = never_table.find(behind)) {
        return in(*range) + "; no setting can.";
      }
    }
  }
  if (const auto* const range = special_table.find(reached); range != nullptr && !contains(allowed_, reached)) {
    return in(*range) + "; its setting allow_ranges can.";
  }
  if (plain_http && !contains(plain_http_, reached)) {
    return "The host does not allow plain http to " + address.text() + "; use https, or its setting http_ranges.";
  }
  return {};
}

std::string EgressPolicy::why_name_blocked(bool plain_http, bool proxied) const {
  if (plain_http && plain_http_.empty()) {
    return "The host does not allow plain http; use https, or its setting http_ranges.";
  }
  if (plain_http && proxied) {
    return "The host allows plain http to some ranges only, and behind its proxy the address of a name is not known; "
           "use https, or its setting no_proxy.";
  }
  return {};
}

}  // namespace messenger::http
