// SPDX-License-Identifier: Apache-2.0
#include "twilio/hosts.hpp"

#include <messenger/detail/http_syntax.hpp>

#include <algorithm>

#include "twilio/config.hpp"

namespace messenger::twilio {
namespace {

constexpr std::string_view domain = ".twilio.com";
constexpr std::string_view standard_region = "us1";

/// The labels before ".twilio.com"; an absent one is empty.
struct Labels {
  std::string_view product{}, edge{}, region{};
};

std::string_view take_label(std::string_view& labels) noexcept {
  const std::string_view label = labels.substr(0, labels.find('.'));
  labels.remove_prefix(std::min(label.size() + 1, labels.size()));
  return label;
}

std::string_view host_of(std::string_view authority) noexcept {
  const std::size_t bracket = authority.find(']');  // an IPv6 address has colons of its own
  return authority.substr(0, authority.find(':', bracket == std::string_view::npos ? 0 : bracket));
}

// No product: the host is not Twilio's.
Labels labels_of(std::string_view authority) noexcept {
  const std::string_view host = host_of(authority);
  if (host.size() <= domain.size() || !detail::equal_nocase(host.substr(host.size() - domain.size()), domain)) {
    return {};
  }
  std::string_view rest = host.substr(0, host.size() - domain.size());
  Labels labels{take_label(rest)};
  const std::string_view second = take_label(rest);
  const std::string_view third = take_label(rest);
  if (!rest.empty()) {
    return {};
  }
  labels.edge = third.empty() ? std::string_view{} : second;
  labels.region = third.empty() ? second : third;
  return labels;
}

std::string_view name_of(Product product) noexcept {
  switch (product) {
    case Product::api:
      return "api";
    case Product::messaging:
      return "messaging";
    case Product::pricing:
      return "pricing";
  }
  return "api";
}

std::string_view port_of(std::string_view scheme, std::string_view authority) noexcept {
  const std::string_view port = authority.substr(host_of(authority).size());
  const std::string_view standard = detail::equal_nocase(scheme, "https") ? ":443" : ":80";
  return port == standard ? std::string_view{} : port;
}

std::string twilios_url(const Config& config, Product product) {
  const Address address = split_url(config.url);
  const Labels labels = labels_of(address.authority);
  const std::string_view edge = config.edge.empty() ? labels.edge : config.edge;
  std::string_view region = config.region.empty() ? labels.region : config.region;
  if (region.empty() && !edge.empty()) {
    region = standard_region;
  }
  std::string url(address.scheme);
  url.append("://").append(product == Product::api ? labels.product : name_of(product));
  for (const std::string_view label : {edge, region}) {
    url.append(label.empty() ? "" : ".").append(label);
  }
  return url.append(domain).append(address.authority.substr(host_of(address.authority).size())).append(address.path);
}

std::string chosen_url(const Config& config, Product product) {
  if (product == Product::messaging && !config.messaging_url.empty()) {
    return config.messaging_url;
  }
  if (product == Product::pricing && !config.pricing_url.empty()) {
    return config.pricing_url;
  }
  return is_twilios(config.url) ? twilios_url(config, product) : config.url;
}

}  // namespace

Address split_url(std::string_view url) noexcept {
  const std::size_t colon = std::min(url.find("://"), url.size());
  const std::string_view rest = url.substr(std::min(colon + 3, url.size()));
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  return {url.substr(0, colon), authority, rest.substr(authority.size())};
}

bool is_twilios(std::string_view url) noexcept {
  return !labels_of(split_url(url).authority).product.empty();
}

bool is_same_server(std::string_view one, std::string_view other) noexcept {
  const Address a = split_url(one);
  const Address b = split_url(other);
  if (!detail::equal_nocase(a.scheme, b.scheme) || port_of(a.scheme, a.authority) != port_of(b.scheme, b.authority)) {
    return false;
  }
  const std::string_view product = labels_of(a.authority).product;
  if (!product.empty() && detail::equal_nocase(product, labels_of(b.authority).product)) {
    return true;
  }
  return detail::equal_nocase(host_of(a.authority), host_of(b.authority));
}

std::string base_url(const Config& config, Product product) {
  std::string url = chosen_url(config, product);
  while (url.ends_with('/')) {
    url.pop_back();
  }
  return url;
}

}  // namespace messenger::twilio
